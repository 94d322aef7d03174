import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { EngineError } from '../../contract/index.ts'

/** What a part URL grants: to store this one part, of this size, until then. */
const Grant = z.tuple([
  z.uuid(), // media id
  z.string(), // upload id
  z.int().positive(), // part number
  z.int().positive(), // size in bytes
  z.int().nonnegative(), // retry attempt: "new URL invalidates the old one"
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

/** "HMAC-SHA256 over method, upload_id, part, size, expiry. Constant-time compare." */
export class PartTokens {
  readonly #secret: Buffer

  /** @param secret random bytes of this installation. */
  constructor(secret: Buffer) {
    this.#secret = secret
  }

  sign(grant: PartGrant): string {
    const { mediaId, uploadId, partNumber, sizeBytes, retryAttempt, expiresAt } = grant
    const fields = JSON.stringify([mediaId, uploadId, partNumber, sizeBytes, retryAttempt, expiresAt])
    const payload = Buffer.from(fields).toString('base64url')
    return `${payload}.${this.#mac(payload)}`
  }

  /** @throws EngineError `url_refused`: "Bad or expired -> 403 AccessDenied". */
  verify(token: string, now: number): PartGrant {
    const [payload, mac, ...rest] = token.split('.')
    if (!payload || !mac || rest.length > 0 || !this.#matches(payload, mac))
      throw refused('The signature does not match.')
    const grant = parseGrant(payload)
    if (grant.expiresAt < now) throw refused('Request has expired. Ask for a new URL.')
    return grant
  }

  #matches(payload: string, mac: string): boolean {
    // As text, not decoded: several spellings of base64url decode to the same bytes.
    const given = Buffer.from(mac)
    const expected = Buffer.from(this.#mac(payload))
    return given.length === expected.length && timingSafeEqual(given, expected)
  }

  #mac(payload: string): string {
    return createHmac('sha256', this.#secret).update(`PUT\n${payload}`).digest('base64url')
  }
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
