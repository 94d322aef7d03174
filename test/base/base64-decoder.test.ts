import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Base64Decoder, NotBase64 } from '../../main/base/base64-decoder.ts'

function decode(pieces: readonly string[]): Buffer | string {
  const decoder = new Base64Decoder()
  try {
    return Buffer.concat([...pieces.map((piece) => decoder.update(piece)), decoder.finish()])
  } catch (error) {
    if (error instanceof NotBase64) return 'no base64'
    throw error
  }
}

/** The text cut at these places. */
function cut(text: string, places: readonly number[]): string[] {
  const at = [0, ...places.map((place) => place % (text.length + 1)), text.length].toSorted((a, b) => a - b)
  return at.slice(1).map((end, index) => text.slice(at[index], end))
}

describe('base64', () => {
  it('is decoded to what it was made of, whatever its alphabet, start and end, wherever it is cut', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 900 })
    const start = fc.constantFrom('', 'data:video/mp4;base64,', 'DATA:;BASE64,', `data:${'x'.repeat(190)};base64,`)
    const coding = fc.constantFrom<BufferEncoding>('base64', 'base64url')
    fc.assert(
      fc.property(bytes, start, coding, fc.array(fc.nat(2000), { maxLength: 8 }), (raw, head, alphabet, places) => {
        const pieces = cut(head + Buffer.from(raw).toString(alphabet), places)
        expect(decode(pieces)).toEqual(Buffer.from(raw))
      }),
      { numRuns: 2000 },
    )
  })

  it('is the same at every cut', () => {
    const raw = Buffer.from(Array.from({ length: 400 }, (_, index) => (index * 37) % 256))
    for (const text of [`data:video/mp4;base64,${raw.toString('base64')}`, raw.toString('base64')]) {
      for (let at = 0; at <= text.length; at += 1) expect(decode([text.slice(0, at), text.slice(at)])).toEqual(raw)
    }
  })

  const good = Buffer.alloc(300, 1).toString('base64')
  it.each([
    ['nothing', ''],
    ['a letter alone', `${good}A`],
    ['padding that is too short', 'AA='],
    ['padding that is too long', 'AAA=='],
    ['padding after whole groups', 'AAAA='],
    ['three equals signs', `${good}A===`],
    ['letters behind the padding', `${good}AA==AAAA`],
    ['white space', `${good} ${good}`],
    ['a new line', `${good}\n`],
    ['a NUL', `${good}\0AAA`],
    ['another letter', `${good}é`],
    ['a data URI without base64', `data:video/mp4,${good}`],
    ['a data URI that never begins', `data:${'x'.repeat(300)}`],
    ['a data URI of nothing', 'data:video/mp4;base64,'],
  ])('is not %s', (_what, text) => {
    expect(decode([text])).toBe('no base64')
    expect(decode(cut(text, [1, 5, 301, 399, 400, 401, 402]))).toBe('no base64')
    expect(decode(Array.from(text))).toBe('no base64')
  })
})
