import { createHmac, timingSafeEqual } from 'node:crypto'

/** How long a signed URL is good at least: it ends with the day that follows, so that asking twice answers the same. */
const DAY_SECONDS = 24 * 3600

/**
 * "video_url, download: authorised by key or by a signed query". A signature stands for reading this one path until
 * then, by whichever method reads: it covers path and expiry, and no other query parameter.
 */
export class MediaUrls {
  readonly #secret: Buffer

  /** @param secret random bytes of this installation. */
  constructor(secret: Buffer) {
    this.#secret = secret
  }

  /** @param path root-relative, perhaps with a query. @returns it with `expires` (unix seconds) and `signature`. */
  sign(path: string, now = Date.now()): string {
    const today = Math.floor(now / 1000 / DAY_SECONDS)
    const expires = String((today + 2) * DAY_SECONDS)
    const [pathname = ''] = path.split('?')
    const query = new URLSearchParams({ expires, signature: this.#mac(pathname, expires) })
    return `${path}${path.includes('?') ? '&' : '?'}${query.toString()}`
  }

  /** Whether a request target carries a signature, and a good one. */
  check(target: string, now = Date.now()): 'unsigned' | 'refused' | 'good' {
    const [pathname = '', search = ''] = target.split('?')
    const query = new URLSearchParams(search)
    const signature = query.get('signature')
    if (signature === null) return 'unsigned'
    const expires = query.get('expires') ?? ''
    // As text, not decoded: several spellings of base64url decode to the same bytes.
    const given = Buffer.from(signature)
    const expected = Buffer.from(this.#mac(pathname, expires))
    const isOurs = given.length === expected.length && timingSafeEqual(given, expected)
    return isOurs && Number(expires) * 1000 > now ? 'good' : 'refused'
  }

  #mac(pathname: string, expires: string): string {
    return createHmac('sha256', this.#secret).update(`READ\n${pathname}\n${expires}`).digest('base64url')
  }
}
