import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { protocol } from 'electron'
import { pageFile } from './page-file.ts'
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
].join('; ')

/** Serves the built page, and no file outside `folder`. `onScript` is called when the page gets a script. */
export function servePage(folder: string, onScript: () => void): void {
  protocol.handle(PAGE_SCHEME, async (request) => {
    const file = pageFile(folder, request.url)
    if (file === null) return new Response(null, { status: 404 })
    try {
      const bytes = await readFile(file.path)
      if (path.extname(file.path) === '.js') onScript()
      return new Response(bytes, {
        headers: {
          'Content-Type': file.type,
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
