import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { EngineError } from '../../contract/index.ts'
import type { SigningSecret } from '../../platform/settings/index.ts'

/** What a part URL grants: to store this one part, of this size, until then. */
const Grant = z.tuple([
  z.uuid(), // media id
  z.string(), // upload id
  z.int().positive(), // part number
  z.int().positive(), // size in bytes
  z.int().nonnegative(), // retry attempt (UP-72)
  z.int().positive(), // expiry, milliseconds since 1970
])

export interface PartGrant {
  readonly mediaId: string
  readonly uploadId: string
  readonly partNumber: number
  readonly sizeBytes: number
  readonly retryAttempt: number
  readonly expiresAt: number
}

/** UP-31 */
export class PartTokens {
  readonly #secret: SigningSecret
  readonly #ttlMs: number

  /** @param ttlMs how long a part URL is good at most. */
  constructor(secret: SigningSecret, ttlMs: number) {
    this.#secret = secret
    this.#ttlMs = ttlMs
  }

  /** @param now milliseconds since 1970; the grant ends `ttlMs` later. */
  sign(grant: Omit<PartGrant, 'expiresAt'>, now: number): { token: string; expiresAt: number } {
    const { mediaId, uploadId, partNumber, sizeBytes, retryAttempt } = grant
    const expiresAt = this.#end(grant, now)
    const fields = JSON.stringify([mediaId, uploadId, partNumber, sizeBytes, retryAttempt, expiresAt])
    const payload = Buffer.from(fields).toString('base64url')
    return { token: `${payload}.${this.#mac(payload)}`, expiresAt }
  }

  /** @throws EngineError `url_refused` (UP-32). */
  verify(token: string, now: number): PartGrant {
    const grant = this.#read(token)
    if (!grant) throw refused('The signature does not match.')
    if (grant.expiresAt < now) throw refused('Request has expired. Ask for a new URL.')
    if (grant.expiresAt <= this.#secret.revokedUntil(subjectOf(grant))) {
      throw refused('This URL was taken back. Ask for a new one.')
    }
    return grant
  }

  /**
   * Takes back every URL of the part of this one that was signed until now; URLs that are signed from now on work.
   * @returns false when this is no token that we signed.
   */
  revoke(token: string, now: number): boolean {
    const grant = this.#read(token)
    if (!grant) return false
    this.#secret.revoke(subjectOf(grant), Math.max(this.#end(grant, now), grant.expiresAt))
    return true
  }

  #end(grant: Omit<PartGrant, 'expiresAt'>, now: number): number {
    const until = this.#secret.revokedUntil(subjectOf(grant))
    return Math.max(now + this.#ttlMs, until === 0 ? 0 : until + 1)
  }

  #read(token: string): PartGrant | null {
    const [payload, mac, ...rest] = token.split('.')
    if (!payload || !mac || rest.length > 0 || !this.#matches(payload, mac)) return null
    return parseGrant(payload)
  }

  #matches(payload: string, mac: string): boolean {
    // As text, not decoded: several spellings of base64url decode to the same bytes.
    const given = Buffer.from(mac)
    const expected = Buffer.from(this.#mac(payload))
    return given.length === expected.length && timingSafeEqual(given, expected)
  }

  #mac(payload: string): string {
    return createHmac('sha256', this.#secret.bytes()).update(`PUT\n${payload}`).digest('base64url')
  }
}

/** What is taken back together: every URL of one part. */
function subjectOf({ mediaId, uploadId, partNumber }: Omit<PartGrant, 'expiresAt'>): string {
  return `${mediaId} ${uploadId} ${partNumber}`
}

function parseGrant(payload: string): PartGrant {
  const parsed = Grant.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
  if (!parsed.success) throw refused('The URL is malformed.')
  const [mediaId, uploadId, partNumber, sizeBytes, retryAttempt, expiresAt] = parsed.data
  return { mediaId, uploadId, partNumber, sizeBytes, retryAttempt, expiresAt }
}

function refused(message: string): EngineError {
  return new EngineError('url_refused', message)
}
