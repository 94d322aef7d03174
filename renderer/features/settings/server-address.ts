/** Whether a port can be asked for; 0 lets the system choose. */
export function isPort(value: number | string): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65_535
}

/** The page that describes every route, below the server's root. */
export function docsUrl(root: string): string {
  return new URL('/docs', root).href
}
