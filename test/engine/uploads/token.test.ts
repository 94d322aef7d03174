import { randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { normalizeEtag } from '../../../main/engine/uploads/part-checks.ts'
import { PartTokens } from '../../../main/engine/uploads/token.ts'

const NOW = 1_800_000_000_000
const tokens = new PartTokens(randomBytes(32))
const grant = {
  mediaId: randomUUID(),
  uploadId: 'u1',
  partNumber: 3,
  sizeBytes: 10_485_760,
  retryAttempt: 1,
  expiresAt: NOW + 1000,
}

describe('the token of a part URL', () => {
  it('grants exactly what it was signed for', () => {
    expect(tokens.verify(tokens.sign(grant), NOW)).toEqual(grant)
  })

  it('is refused after its time, by another installation, and with any character changed', () => {
    const token = tokens.sign(grant)
    expect(() => tokens.verify(token, NOW + 1001)).toThrow(expect.objectContaining({ code: 'url_refused' }))
    expect(() => new PartTokens(randomBytes(32)).verify(token, NOW)).toThrow('does not match')
    for (let at = 0; at < token.length; at += 1) {
      // The next letter: at the very end it decodes to the same bytes as the one before.
      const code = token.charCodeAt(at)
      const changed = token.slice(0, at) + String.fromCharCode(code + 1) + token.slice(at + 1)
      expect(() => tokens.verify(changed, NOW), `character ${at}`).toThrow(
        expect.objectContaining({ code: 'url_refused' }),
      )
    }
  })

  it.each(['', '.', 'a.b', 'a.b.c', 'null.', '%00.%00'])('is refused when it is no token at all: %j', (token) => {
    expect(() => tokens.verify(token, NOW)).toThrow(expect.objectContaining({ code: 'url_refused' }))
  })
})

describe('an ETag', () => {
  it.each(['"ABC123"', 'abc123', 'W/"abc123"', ' "abc123" '])('means the same as %j', (etag) => {
    expect(normalizeEtag(etag)).toBe('abc123')
  })
})
