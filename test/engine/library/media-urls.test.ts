import { describe, expect, it } from 'vitest'
import { MediaUrls } from '../../../main/engine/library/index.ts'

const urls = new MediaUrls(Buffer.from('the secret of this installation!'))
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
    expect(new MediaUrls(Buffer.from('another secret')).check(url, NOW)).toBe('refused')
    // The last character of 43 holds four bits: three others decode to the same bytes.
    for (const last of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
      const other = changed(url, 'signature', (signature) => signature.slice(0, -1) + last)
      expect(urls.check(other, NOW)).toBe(other === url ? 'good' : 'refused')
    }
  })

  it('is only looked for where a signature is', () => {
    expect(urls.check(PATH, NOW)).toBe('unsigned')
    expect(urls.check(`${PATH}?expires=1`, NOW)).toBe('unsigned')
  })
})
