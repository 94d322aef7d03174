import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { protocol } from 'electron'

/** Where the window's own page comes from. A scheme of its own, because file:// pages may read other files. */
export const PAGE_SCHEME = 'app'
export const PAGE_ORIGIN = `${PAGE_SCHEME}://fieldreel`

/** Nothing from outside, no inline scripts. Mantine sets style attributes, hence 'unsafe-inline' for styles only. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' media: data: blob:",
  'media-src media: blob:',
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/** Serves the built page, and no file outside `folder`. */
export function servePage(folder: string): void {
  protocol.handle(PAGE_SCHEME, async (request) => {
    const { host, pathname } = new URL(request.url)
    const file = path.join(folder, path.normalize(decodeURIComponent(pathname)))
    const type = TYPES[path.extname(file)]
    if (host !== 'fieldreel' || !file.startsWith(folder + path.sep) || !type) return new Response(null, { status: 404 })
    try {
      return new Response(await readFile(file), {
        headers: {
          'Content-Type': type,
          'Content-Security-Policy': CONTENT_SECURITY_POLICY,
          'X-Content-Type-Options': 'nosniff',
        },
      })
    } catch {
      // A file of the page that is not there; the page itself shows what it lacks.
      return new Response(null, { status: 404 })
    }
  })
}
