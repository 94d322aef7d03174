import { createHmac, timingSafeEqual } from 'node:crypto'
import type { SigningSecret } from '../../platform/settings/index.ts'

/** How long a signed URL is good at least: it ends with the day that follows, so that asking twice answers the same. */
const DAY_SECONDS = 24 * 3600

/** Unix seconds as we write them: a number has other spellings, and each would be a link of its own. */
const EXPIRES = /^[1-9]\d{0,14}$/

/** What a good signature stands for. */
interface Link {
  readonly pathname: string
  /** Milliseconds since 1970. */
  readonly endsAt: number
}

/**
 * FI-54. A signature allows reading this one path until then, by GET and HEAD: it covers path and expiry, and no other query parameter.
 */
export class MediaUrls {
  readonly #secret: SigningSecret

  constructor(secret: SigningSecret) {
    this.#secret = secret
  }

  /** @param path root-relative, perhaps with a query. @returns it with `expires` (unix seconds) and `signature`. */
  sign(path: string, now = Date.now()): string {
    const [pathname = ''] = path.split('?')
    const expires = String(Math.max(usualEnd(now), this.#firstGoodEnd(pathname)))
    const query = new URLSearchParams({ expires, signature: this.#mac(pathname, expires) })
    return `${path}${path.includes('?') ? '&' : '?'}${query.toString()}`
  }

  /** Whether a request target carries a signature, and a good one. */
  check(target: string, now = Date.now()): 'unsigned' | 'refused' | 'good' {
    const link = this.#read(target)
    if (link === 'unsigned') return 'unsigned'
    if (link === 'forged' || link.endsAt <= now) return 'refused'
    return link.endsAt > this.#secret.revokedUntil(link.pathname) ? 'good' : 'refused'
  }

  /**
   * Takes back every link to the path of this one that was signed until now; links that are signed from now on work.
   * @returns false when this is no link that we signed.
   */
  revoke(target: string, now = Date.now()): boolean {
    const link = this.#read(target)
    if (link === 'unsigned' || link === 'forged') return false
    const signedUntilNow = Math.max(usualEnd(now), this.#firstGoodEnd(link.pathname)) * 1000
    this.#secret.revoke(link.pathname, Math.max(signedUntilNow, link.endsAt))
    return true
  }

  #read(target: string): Link | 'unsigned' | 'forged' {
    const [pathname = '', search = ''] = target.split('?')
    const query = new URLSearchParams(search)
    const signature = query.get('signature')
    if (signature === null) return 'unsigned'
    const expires = query.get('expires') ?? ''
    // As text, not decoded: several spellings of base64url decode to the same bytes.
    const given = Buffer.from(signature)
    const expected = Buffer.from(this.#mac(pathname, expires))
    const isOurs = given.length === expected.length && timingSafeEqual(given, expected)
    return isOurs && EXPIRES.test(expires) ? { pathname, endsAt: Number(expires) * 1000 } : 'forged'
  }

  /** Unix seconds of the first end that was not taken back; 0 when none was. */
  #firstGoodEnd(pathname: string): number {
    const until = this.#secret.revokedUntil(pathname)
    return until === 0 ? 0 : Math.floor(until / 1000) + 1
  }

  #mac(pathname: string, expires: string): string {
    return createHmac('sha256', this.#secret.bytes()).update(`READ\n${pathname}\n${expires}`).digest('base64url')
  }
}

/** Unix seconds. */
function usualEnd(now: number): number {
  return (Math.floor(now / 1000 / DAY_SECONDS) + 2) * DAY_SECONDS
}
