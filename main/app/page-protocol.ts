import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { protocol } from 'electron'
import { PAGE_SCHEME } from './schemes.ts'

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
  // Chromium reads this where it can; `harden` closes the same door where it cannot.
  "webrtc 'block'",
].join('; ')

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/** Serves the built page, and no file outside `folder`. `onScript` is told when the page got a script to run. */
export function servePage(folder: string, onScript: () => void): void {
  protocol.handle(PAGE_SCHEME, async (request) => {
    const { host, pathname } = new URL(request.url)
    const file = path.join(folder, path.normalize(decodeURIComponent(pathname)))
    const type = TYPES[path.extname(file)]
    if (host !== 'fieldreel' || !file.startsWith(folder + path.sep) || !type) return new Response(null, { status: 404 })
    try {
      const bytes = await readFile(file)
      if (path.extname(file) === '.js') onScript()
      return new Response(bytes, {
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
