import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MediaUrls } from '../../../main/engine/library/index.ts'
import { signingSecret } from '../../support/signing.ts'

const urls = new MediaUrls(signingSecret())
const PATH = '/api/v2/videos/550e8400-e29b-41d4-a716-446655440000/file'
const NOW = Date.parse('2026-01-15T10:30:00Z')
const HOUR = 3_600_000

/** The signed URL with one parameter changed. */
function changed(url: string, name: string, change: (value: string) => string): string {
  const [path = '', search = ''] = url.split('?')
  const query = new URLSearchParams(search)
  query.set(name, change(query.get(name) ?? ''))
  return `${path}?${query.toString()}`
}

describe('a signed URL', () => {
  it('is good for a day at least, and for two at most', () => {
    const url = urls.sign(PATH, NOW)
    expect(urls.check(url, NOW)).toBe('good')
    expect(urls.check(url, NOW + 24 * HOUR)).toBe('good')
    expect(urls.check(url, NOW + 48 * HOUR)).toBe('refused')
  })

  it('is the same when it is asked for again', () => {
    expect(urls.sign(PATH, NOW + HOUR)).toBe(urls.sign(PATH, NOW))
  })

  it('keeps the query that was there, which it does not cover', () => {
    const url = urls.sign(`${PATH}?v=3`, NOW)
    expect(url).toMatch(/\/file\?v=3&expires=\d+&signature=[\w-]{43}$/)
    expect(urls.check(url, NOW)).toBe('good')
    expect(urls.check(url.replace('v=3', 'v=4'), NOW)).toBe('good')
  })

  it('is refused for another path, another time, another secret and any other spelling', () => {
    const url = urls.sign(PATH, NOW)
    expect(urls.check(url.replace('/file', '/poster'), NOW)).toBe('refused')
    expect(
      urls.check(
        changed(url, 'expires', (seconds) => String(Number(seconds) + 1)),
        NOW,
      ),
    ).toBe('refused')
    expect(
      urls.check(
        changed(url, 'expires', () => 'Infinity'),
        NOW,
      ),
    ).toBe('refused')
    expect(
      urls.check(
        changed(url, 'signature', () => ''),
        NOW,
      ),
    ).toBe('refused')
    expect(new MediaUrls(signingSecret()).check(url, NOW)).toBe('refused')
    // The last character of 43 holds four bits: three others decode to the same bytes.
    for (const last of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
      const other = changed(url, 'signature', (signature) => signature.slice(0, -1) + last)
      expect(urls.check(other, NOW)).toBe(other === url ? 'good' : 'refused')
    }
  })

  it('is only read where a signature is', () => {
    expect(urls.check(PATH, NOW)).toBe('unsigned')
    expect(urls.check(`${PATH}?expires=1`, NOW)).toBe('unsigned')
  })
})

/** Other spellings of a link and its parts, and what somebody might make of a good one. */
const forgeries = fc.oneof(
  fc.record({ expires: fc.string(), signature: fc.base64String({ minLength: 44, maxLength: 44 }) }),
  fc.integer({ min: 1, max: 10 ** 12 }).map((more) => ({ more })),
  fc
    .constantFrom('%66ile', 'file/', 'file%00', './file', '../file', 'FILE', 'file;a', 'file%3F')
    .map((end) => ({ end })),
  fc.constantFrom('+', '0', '%20', '\n', '.0', 'e0', ' ').map((spelling) => ({ spelling })),
  fc.nat(42).map((at) => ({ at })),
)

describe('a forged link', () => {
  it('is refused, however it was made out of a good one', () => {
    const good = urls.sign(PATH, NOW)
    const [path = '', search = ''] = good.split('?')
    fc.assert(
      fc.property(forgeries, (made) => {
        const query = new URLSearchParams(search)
        const expires = query.get('expires') ?? ''
        const signature = query.get('signature') ?? ''
        let target = path
        if ('expires' in made) for (const [name, value] of Object.entries(made)) query.set(name, value)
        if ('more' in made) query.set('expires', String(Number(expires) + made.more))
        if ('end' in made) target = path.replace(/file$/, made.end)
        if ('spelling' in made) query.set('expires', made.spelling === '+' ? `+${expires}` : expires + made.spelling)
        if ('at' in made) query.set('signature', signature.slice(0, made.at) + signature.slice(made.at + 1))
        expect(urls.check(`${target}?${query.toString()}`, NOW)).toBe('refused')
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a link that was taken back', () => {
  it('is refused, as is every link to its path signed before; later ones and those to other paths go on', () => {
    const own = new MediaUrls(signingSecret())
    const [yesterday, today] = [own.sign(PATH, NOW - 24 * HOUR), own.sign(PATH, NOW)]
    const other = own.sign(PATH.replace('/file', '/poster'), NOW)
    // The older of two links is as good as the newer one to name the path.
    expect(own.revoke(yesterday, NOW)).toBe(true)
    expect([yesterday, today].map((url) => own.check(url, NOW))).toEqual(['refused', 'refused'])
    expect(own.check(other, NOW)).toBe('good')
    const later = own.sign(PATH, NOW)
    expect(own.check(later, NOW)).toBe('good')
    expect(own.check(later, NOW + 24 * HOUR)).toBe('good')
    expect(own.revoke(later, NOW)).toBe(true)
    expect(own.check(later, NOW)).toBe('refused')
    expect(own.check(own.sign(PATH, NOW), NOW)).toBe('good')
    expect(own.check(own.sign(PATH, NOW + 72 * HOUR), NOW + 72 * HOUR)).toBe('good')
  })

  it('has to be one of ours', () => {
    const url = new MediaUrls(signingSecret()).sign(PATH, NOW)
    for (const foreign of [url, PATH, `${PATH}?signature=x&expires=1`]) expect(urls.revoke(foreign, NOW)).toBe(false)
  })
})
