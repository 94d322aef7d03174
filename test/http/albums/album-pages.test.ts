import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { NOBODYS, peopleOf } from '../ainative-client.ts'
import { HOSTILE_NAMES, RAW } from '../../support/hostile-names.ts'
import { liveServer } from '../live-server.ts'

const server = liveServer()
const people = peopleOf(server)

const HOSTILE = `<script>alert(1)</script>"'><img src=x onerror=alert(2)> &amp; \${x}`
const ESCAPED = HOSTILE.replaceAll('&', '&amp;')
  .replaceAll('<', '&lt;')
  .replaceAll('>', '&gt;')
  .replaceAll('"', '&quot;')
  .replaceAll("'", '&#39;')

interface Made {
  readonly album_id: string
  readonly share_url: string | null
}
const make = (more: object = {}) =>
  people.ana.ask<Made>('POST', '/albums/', { title: 'Walks', visibility: 'unlisted', ...more }, 201)
const put = (album: string, media_id: string, caption: string | null = null) =>
  people.ana.ask<object>('POST', `/albums/${album}/items`, { media_type: 'video', media_id, caption }, 201)
const page = (album: string, more = '') => fetch(`${server.url}/albums/${album}${more}`)

describe('the page of an album', () => {
  it.each(['public', 'unlisted'])('is there for everybody while it is %s', async (visibility) => {
    const { album_id, share_url } = await make({ visibility, description: 'On foot' })
    expect(share_url).toBe(`${server.url}/albums/${album_id}`)
    const answer = await fetch(share_url!)
    const text = await answer.text()
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(text).toContain('<h1>Walks</h1>')
    expect(text).toContain('On foot')
    expect(answer.headers.get('x-robots-tag')).toBe('noindex, nofollow')
    expect((await page(album_id, '/')).status).toBe(200)
    expect((await fetch(share_url!, { method: 'HEAD' })).status).toBe(200)
  })

  it('runs only its own script and loads nothing from elsewhere', async () => {
    const { album_id } = await make()
    const { headers } = await page(album_id)
    const policy = headers.get('content-security-policy')!
    expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^' ]+'; style-src 'sha256-[^' ]+'; /)
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })

  it.each(HOSTILE_NAMES)('shows a name that %s without what it does', async (_does, name) => {
    const { album_id } = await make({ title: name.trim(), description: name })
    const { video_id } = await people.ana.register({ title: name, video_url: 'https://example.com/' })
    await put(album_id, video_id, name)
    expect(await (await page(album_id)).text()).not.toMatch(RAW)
  })

  it('shows what people wrote as text', async () => {
    const { album_id } = await make({ title: HOSTILE, description: HOSTILE })
    const { video_id } = await people.ana.register({ title: HOSTILE, video_url: 'https://example.com/?a="><script>' })
    await put(album_id, video_id, HOSTILE)
    const text = await (await page(album_id)).text()
    expect(text.split(ESCAPED).length - 1).toBe(5)
    expect(text).not.toContain('<script>alert')
    expect(text).not.toContain('<img src=x')
    // Its own alone.
    expect(text.match(/<script/g)?.length).toBe(1)
  })

  it('is the same, whatever key comes with it', async () => {
    const { album_id } = await make({ visibility: 'private' })
    for (const key of [people.ana.key, people.owner.key]) {
      const answer = await fetch(`${server.url}/albums/${album_id}`, { headers: { authorization: `Bearer ${key!}` } })
      expect(answer.status).toBe(404)
    }
  })

  it('of a private album equals that of an unknown one', async () => {
    const hidden = await make({ title: 'Secret walks', visibility: 'private', description: 'Secret' })
    const film = await people.ana.register({ title: 'Secret film' })
    await put(hidden.album_id, film.video_id, 'Secret caption')
    const told = async (id: string) => {
      const answer = await page(id)
      const headers = Object.fromEntries(
        [...answer.headers].filter(([name]) => !/^(date|x-r|connection|keep)/.test(name)),
      )
      return { status: answer.status, headers, text: await answer.text() }
    }
    const secret = await told(hidden.album_id)
    expect(secret.status).toBe(404)
    expect(secret.text).not.toContain('Secret')
    for (const id of [NOBODYS, 'no-uuid', `${hidden.album_id}x`]) expect(await told(id)).toEqual(secret)
    await people.ana.ask('PUT', `/albums/${hidden.album_id}`, { visibility: 'public' })
    expect((await page(hidden.album_id)).status).toBe(200)
    await people.ana.status('DELETE', `/albums/${hidden.album_id}`)
    expect(await told(hidden.album_id)).toEqual(secret)
  })

  it('shows only what its owner may share', async () => {
    const { album_id } = await make()
    await put(album_id, (await people.ben.register({ title: 'His' })).video_id, 'His caption')
    await put(album_id, (await people.ana.register({ title: 'Hers' })).video_id)
    const text = await (await page(album_id)).text()
    expect(text).toContain('Hers')
    expect(text).toContain('1 item')
    expect(text).not.toMatch(/His/)
  })

  it('opens other sites only where a video is there, and says so', async () => {
    const { album_id } = await make()
    const far = await people.ana.register({ title: 'Far', video_url: 'https://videos.example/far.mp4' })
    const lost = await people.ana.register({ title: 'Lost', thumbnail_url: 'https://pictures.example/lost.jpg' })
    await put(album_id, far.video_id)
    await put(album_id, lost.video_id)
    const text = await (await page(album_id)).text()
    expect(text).toMatch(/href="https:\/\/videos\.example\/far\.mp4"\s+target="_blank"\s+rel="noopener noreferrer/)
    expect(text).toContain('Opens videos.example')
    expect(text).toContain('Cannot be played here yet')
    expect(text).not.toContain('pictures.example')
  })

  it('is turned when the album is long', async () => {
    const { album_id } = await make()
    const films = await Promise.all(Array.from({ length: 201 }, (_, n) => people.ana.register({ title: `Film ${n}.` })))
    for (const { video_id } of films) await put(album_id, video_id)
    const { items } = await people.nobody.ask<{ items: { order: number }[] }>('GET', `/albums/${album_id}`)
    expect(items.map(({ order }) => order)).toEqual(films.map((_, order) => order))
    const first = await (await page(album_id)).text()
    expect(first).toContain('Page 1 of 2')
    expect(first.match(/class="card"/g)?.length).toBe(200)
    const second = await (await page(album_id, '?page=2')).text()
    expect([second.includes('Film 200.'), second.includes('Film 1.')]).toEqual([true, false])
    expect(await (await page(album_id, '?page=9')).text()).toBe(first)
    expect((await page(album_id, '?page=x')).status).toBe(200)
  }, 60_000)

  it('is guarded as everything else is', async () => {
    const { album_id } = await make()
    const { port } = new URL(server.url)
    const status = await new Promise((resolve, reject) => {
      request({ port, path: `/albums/${album_id}`, headers: { host: 'evil.example' } }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
        .once('error', reject)
        .end()
    })
    expect(status).toBe(403)
  })
})
