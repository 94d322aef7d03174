import path from 'node:path'

const HOST = 'fieldreel'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/**
 * The file of the built page that a URL of the page's own scheme names.
 * @param folder absolute, without a separator at its end.
 * @returns null for another host, for what lies outside of `folder`, and for kinds of files that no page has.
 */
export function pageFile(folder: string, url: string): { path: string; type: string } | null {
  const { host, pathname } = new URL(url)
  const decoded = decode(pathname)
  if (host !== HOST || decoded === null || decoded.includes('\0')) return null
  const file = path.join(folder, decoded)
  const type = TYPES[path.extname(file)]
  return type && file.startsWith(folder + path.sep) ? { path: file, type } : null
}

/** null for what is no UTF-8. */
function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}
