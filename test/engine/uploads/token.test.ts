import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalizeEtag } from '../../../main/engine/uploads/part-checks.ts'
import { PartTokens } from '../../../main/engine/uploads/token.ts'
import { signingSecret } from '../../support/signing.ts'

const NOW = 1_800_000_000_000
const TTL_MS = 1000
const newTokens = () => new PartTokens(signingSecret(), TTL_MS)
const tokens = newTokens()
const grant = {
  mediaId: randomUUID(),
  uploadId: 'u1',
  partNumber: 3,
  sizeBytes: 10_485_760,
  retryAttempt: 1,
}
const REFUSED = expect.objectContaining({ code: 'url_refused' })

describe('the token of a part URL', () => {
  it('grants exactly what it was signed for', () => {
    const { token, expiresAt } = tokens.sign(grant, NOW)
    expect(expiresAt).toBe(NOW + TTL_MS)
    expect(tokens.verify(token, NOW)).toEqual({ ...grant, expiresAt })
  })

  it('is refused after its time, by another installation, and with any character changed', () => {
    const { token } = tokens.sign(grant, NOW)
    expect(() => tokens.verify(token, NOW + TTL_MS + 1)).toThrow(REFUSED)
    expect(() => newTokens().verify(token, NOW)).toThrow('does not match')
    for (let at = 0; at < token.length; at += 1) {
      // The next letter: at the very end it decodes to the same bytes as the one before.
      const code = token.charCodeAt(at)
      const changed = token.slice(0, at) + String.fromCharCode(code + 1) + token.slice(at + 1)
      expect(() => tokens.verify(changed, NOW), `character ${at}`).toThrow(REFUSED)
    }
  })

  it('is refused with any other grant under the same signature', () => {
    const [, mac] = tokens.sign(grant, NOW).token.split('.')
    const fields = fc.tuple(fc.uuid(), fc.string(), fc.nat(), fc.nat(), fc.nat(), fc.nat())
    fc.assert(
      fc.property(fields, (forged) => {
        const payload = Buffer.from(JSON.stringify(forged)).toString('base64url')
        expect(() => tokens.verify(`${payload}.${mac}`, NOW)).toThrow(REFUSED)
      }),
    )
  })

  it.each(['', '.', 'a.b', 'a.b.c', 'null.', '%00.%00'])('is refused when it is no token at all: %j', (token) => {
    expect(() => tokens.verify(token, NOW)).toThrow(expect.objectContaining({ code: 'url_refused' }))
  })
})

describe('a part URL that was taken back', () => {
  it('is refused, as is every URL of that part signed before; later ones and those of other parts go on', () => {
    const own = newTokens()
    const [first, retried] = [own.sign(grant, NOW), own.sign({ ...grant, retryAttempt: 2 }, NOW + 10)]
    const others = [
      { ...grant, partNumber: 4 },
      { ...grant, mediaId: randomUUID() },
      { ...grant, uploadId: 'u2' },
    ].map((other) => own.sign(other, NOW))
    expect(own.revoke(first.token, NOW + 10)).toBe(true)
    for (const { token } of [first, retried]) expect(() => own.verify(token, NOW + 11)).toThrow('taken back')
    for (const { token } of others) expect(own.verify(token, NOW + 11)).toBeDefined()
    const later = own.sign(grant, NOW + 10)
    expect(own.verify(later.token, NOW + 11)).toMatchObject(grant)
    expect(own.revoke(later.token, NOW + 10)).toBe(true)
    expect(() => own.verify(later.token, NOW + 11)).toThrow('taken back')
    expect(own.verify(own.sign(grant, NOW + 10).token, NOW + 11)).toMatchObject(grant)
  })

  it('has to be one of ours', () => {
    const { token } = newTokens().sign(grant, NOW)
    for (const other of [token, '', 'file', 'a.b']) expect(tokens.revoke(other, NOW)).toBe(false)
  })
})

describe('an ETag', () => {
  it.each(['"ABC123"', 'abc123', 'W/"abc123"', ' "abc123" '])('means the same as %j', (etag) => {
    expect(normalizeEtag(etag)).toBe('abc123')
  })
})
