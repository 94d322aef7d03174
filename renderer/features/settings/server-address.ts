import type { ServerState } from '../../../main/contract/index.ts'

/** Whether a port can be asked for; 0 lets the system choose. */
export function isPort(value: number | string): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65_535
}

/** The page that describes every route, below the server's root. */
export function docsUrl(root: string): string {
  return new URL('/docs', root).href
}

/** State of the access from the network; `pending` is the state just asked for. */
export function networkHint({ running, network }: ServerState, pending: boolean | undefined): string {
  if (pending !== undefined) return pending ? 'Starting' : 'Stopping'
  if (!running) return 'Requires the local server.'
  if (!network.running) return 'Off: this computer only'
  const port = network.urls[0] === undefined ? null : new URL(network.urls[0]).port
  return port === null ? 'On, encrypted' : `On, encrypted, port ${port}`
}

/** A fingerprint in rows of eight bytes, short enough to compare by eye. */
export function fingerprintRows(fingerprint: string): string[] {
  return fingerprint.match(/.{1,24}/g) ?? []
}
