import { describe, expect, it } from 'vitest'
import { deleteVideo, listScenes, restoreVideo } from '../../../main/contract/index.ts'
import { ask } from '../../support/engine.ts'
import { until } from '../../support/until.ts'
import { type AinativeClient, NOBODYS, peopleOf } from '../ainative-client.ts'
import { liveServer } from '../live-server.ts'

// LI-40 to LI-47, by three users and without a key.

const server = liveServer()
const people = peopleOf(server)

interface ItemBody {
  readonly item_id: string
  readonly media_id: string
  readonly order: number
  readonly thumbnail_url: string | null
  readonly media_url: string | null
}
interface AlbumBody {
  readonly album_id: string
  readonly items: ItemBody[]
  readonly item_count: number
  readonly cover_url: string | null
  readonly [field: string]: unknown
}
interface AlbumsBody {
  readonly albums: AlbumBody[]
  readonly total: number
  readonly page: number
  readonly page_size: number
}

const FULL = {
  ...{ title: 'Coding sessions 2026', description: 'My recorded coding sessions' },
  ...{ visibility: 'public', cover_url: 'https://example.com/cover.jpg' },
}

const make = (who: AinativeClient, more: object = {}) =>
  who.ask<AlbumBody>('POST', '/albums/', { title: 'Sessions', ...more }, 201)
const read = (who: AinativeClient, id: string, query = '') => who.ask<AlbumBody>('GET', `/albums/${id}${query}`)
const put = (who: AinativeClient, id: string, media_id: string, more: object = {}) =>
  who.ask<ItemBody>('POST', `/albums/${id}/items`, { media_type: 'video', media_id, ...more }, 201)
const ids = ({ items }: AlbumBody) => items.map(({ item_id }) => item_id)

/** A video whose bytes are in the library. */
async function uploaded(wish: object = { auto_analyze: false }): Promise<string> {
  const plan = await server.initiate()
  await server.fill(plan)
  return (await server.complete(plan, wish)).media_id
}

describe('an album', () => {
  it('echoes every field, and is private by default', async () => {
    const made = await make(people.ana, FULL)
    expect(made).toEqual({
      ...FULL,
      ...{ album_id: made.album_id, id: made.album_id, owner_id: expect.any(String), owner_name: 'ana' },
      ...{ items: [], item_count: 0, total_seconds: 0, share_url: `${server.url}/albums/${made.album_id}` },
      ...{ created_at: expect.stringMatching(/Z$/), updated_at: made['created_at'] },
    })
    expect(await read(people.nobody, made.album_id)).toEqual(made)
    const bare = await make(people.ana, { title: ' Bare ', description: null, visibility: null, cover_url: null })
    expect(bare).toMatchObject({ title: 'Bare', visibility: 'private', description: null, share_url: null })
  })

  it.each([
    [{ title: '' }],
    [{ title: undefined }],
    [{ title: 'x'.repeat(256) }],
    [{ visibility: 'secret' }],
    [{ cover_url: 'javascript:alert(1)' }],
    [{ description: 7 }],
  ])('is refused with %j', async (wrong) => {
    expect(await people.ana.status('POST', '/albums/', { title: 'A', ...wrong })).toBe(422)
    const { album_id } = await make(people.ana)
    const change = Object.fromEntries(Object.entries(wrong).filter(([, value]) => value !== undefined))
    if (Object.keys(change).length > 0) expect(await people.ana.status('PUT', `/albums/${album_id}`, change)).toBe(422)
  })

  it('is found with a slash at its end and without', async () => {
    const { album_id } = await make(people.ana)
    for (const path of ['/albums', '/albums/']) {
      expect(await people.ana.status('POST', path, { title: 'A' })).toBe(201)
      expect(await people.ana.status('GET', path)).toBe(200)
    }
    expect(await people.ana.status('GET', `/albums/${album_id}/`)).toBe(200)
    expect(await people.ana.status('DELETE', `/albums/${album_id}/`)).toBe(204)
    // That slash ends a list; it does not begin an album without a name.
    const nameless = await people.ana.ask<{ detail: string }>('PUT', '/albums/', { title: 'A' }, 404)
    expect(nameless.detail).toBe('There is no PUT /api/v1/albums/.')
    expect(await people.ana.status('DELETE', '/albums/')).toBe(404)
  })

  it('is changed field by field', async () => {
    const { album_id } = await make(people.ana, FULL)
    const path = `/albums/${album_id}`
    const changed = await people.ana.ask<AlbumBody>('PUT', path, { description: null, visibility: 'unlisted' })
    expect(changed).toMatchObject({ ...FULL, description: null, visibility: 'unlisted' })
    expect(await people.owner.ask('PUT', path, { title: 'By an admin' })).toMatchObject({
      ...{ title: 'By an admin', owner_name: 'ana', cover_url: FULL.cover_url },
    })
    expect(await people.ana.ask('PUT', path, { cover_url: null })).toMatchObject({ cover_url: null })
  })

  it('is gone with its items, not with their media', async () => {
    const { album_id } = await make(people.ana)
    const { video_id } = await people.ana.register()
    await put(people.ana, album_id, video_id)
    const answer = await people.ana.send('DELETE', `/albums/${album_id}`)
    expect([answer.status, await answer.text()]).toEqual([204, ''])
    expect(await people.ana.status('GET', `/albums/${album_id}`)).toBe(404)
    expect(await people.ana.status('DELETE', `/albums/${album_id}`)).toBe(404)
    expect(await people.ana.status('GET', `/videos/${video_id}`)).toBe(200)
  })
})

describe('who may', () => {
  it('read: everybody what is public or unlisted; a private one its owner and admins', async () => {
    for (const [visibility, statuses] of [
      ['public', [200, 200, 200, 200]],
      ['unlisted', [200, 200, 200, 200]],
      ['private', [200, 200, 403, 401]],
    ] as const) {
      const { album_id } = await make(people.ana, { visibility })
      const all = [people.ana, people.owner, people.ben, people.nobody]
      const answers = await Promise.all(all.map((who) => who.status('GET', `/albums/${album_id}`)))
      expect(answers).toEqual(statuses)
    }
  })

  it('write: its owner and admins, in the order 401, 404, 403', async () => {
    const { album_id } = await make(people.ana, { visibility: 'public' })
    const { video_id } = await people.ana.register()
    const { item_id } = await put(people.ana, album_id, video_id)
    const writes = (album: string, item: string): [string, string, object?][] => [
      ['PUT', `/albums/${album}`, { title: 'New' }],
      ['POST', `/albums/${album}/items`, { media_type: 'video', media_id: NOBODYS }],
      ['PATCH', `/albums/${album}/items/${item}`, { caption: 'New' }],
      ['POST', `/albums/${album}/reorder`, { item_orders: [{ item_id, order: 0 }] }],
      ['DELETE', `/albums/${album}/items/${item}`],
      ['DELETE', `/albums/${album}`],
    ]
    for (const [method, path, body] of writes(album_id, item_id)) {
      expect(await people.nobody.status(method, path, body)).toBe(401)
      expect(await people.ben.status(method, path, body)).toBe(403)
    }
    for (const missing of [NOBODYS, 'no-uuid']) {
      for (const [method, path, body] of writes(missing, missing)) {
        expect(await people.nobody.status(method, path, body)).toBe(401)
        expect(await people.ben.status(method, path, body)).toBe(404)
      }
      expect(await people.nobody.status('GET', `/albums/${missing}`)).toBe(404)
      expect(await people.ana.status('DELETE', `/albums/${album_id}/items/${missing}`)).toBe(404)
    }
    expect(await people.nobody.status('GET', '/albums/')).toBe(401)
    expect(await people.nobody.status('POST', '/albums/', { title: 'A' })).toBe(401)
    expect((await read(people.ana, album_id)).item_count).toBe(1)
  })
})

describe('the list', () => {
  it('holds only the caller’s own, newest first, page by page', async () => {
    const before = (await people.ben.ask<AlbumsBody>('GET', '/albums/')).total
    await make(people.ana, { visibility: 'public' })
    const made: string[] = []
    for (let i = 0; i < 5; i += 1) made.unshift((await make(people.ben)).album_id)
    const page = await people.ben.ask<AlbumsBody>('GET', '/albums/?page=2&page_size=2')
    expect(page).toMatchObject({ total: before + 5, page: 2, page_size: 2 })
    expect(page.albums.map(({ album_id }) => album_id)).toEqual(made.slice(2, 4))
    expect(page.albums[0]).not.toHaveProperty('items')
    expect(await people.ben.ask('GET', '/albums')).toMatchObject({ page: 1, page_size: 20 })
  })

  it.each(['page=0', 'page=x', 'page_size=0', 'page_size=101', 'page=1.5'])('refuses %s', async (query) => {
    expect(await people.ana.status('GET', `/albums/?${query}`)).toBe(422)
  })
})

describe('items', () => {
  it('are videos, each once, with a caption and a place', async () => {
    const { album_id } = await make(people.ana, { visibility: 'public' })
    const film = await people.ben.register({ duration: 42, video_url: 'https://example.com/a.mp4' })
    const first = await put(people.ana, album_id, film.video_id, { caption: 'Episode 42' })
    expect(first).toMatchObject({
      ...{ media_type: 'video', media_id: film.video_id, caption: 'Episode 42', order: 0, video_id: film.video_id },
      ...{ duration_seconds: 42, media_url: 'https://example.com/a.mp4', thumbnail_url: null, title: 'A talk' },
    })
    const path = `/albums/${album_id}/items`
    expect(await people.ana.status('POST', path, { media_type: 'video', media_id: film.video_id })).toBe(409)
    const other = await people.ana.register()
    expect(await put(people.ana, album_id, other.video_id, { order: 0, caption: null })).toMatchObject({ order: 0 })
    expect(await people.ana.ask('PATCH', `${path}/${first.item_id}`, { caption: null })).toMatchObject({
      ...{ caption: null, order: 1 },
    })
  })

  it.each([
    [404, { media_id: NOBODYS }],
    [404, { media_type: 'photo', media_id: NOBODYS }],
    [422, { media_type: 'song' }],
    [422, { media_type: undefined }],
    [422, { media_id: 'no-uuid' }],
    [422, { media_id: undefined }],
    [422, { caption: 'x'.repeat(2001) }],
    [422, { order: -1 }],
  ])('are refused as %i: %j', async (status, wrong) => {
    const { album_id } = await make(people.ana)
    const { video_id } = await people.ana.register()
    const body = { media_type: 'video', media_id: video_id, ...wrong }
    expect(await people.ana.status('POST', `/albums/${album_id}/items`, body)).toBe(status)
  })

  it('are taken out', async () => {
    const { album_id } = await make(people.ana)
    const made: string[] = []
    for (let i = 0; i < 3; i += 1)
      made.push((await put(people.ana, album_id, (await people.ana.register()).video_id)).item_id)
    const answer = await people.ana.send('DELETE', `/albums/${album_id}/items/${made[1]!}`)
    expect([answer.status, await answer.text()]).toEqual([204, ''])
    expect((await read(people.ana, album_id)).items).toMatchObject([
      { item_id: made[0], order: 0 },
      { item_id: made[2], order: 1 },
    ])
    expect(await people.ana.status('DELETE', `/albums/${album_id}/items/${made[1]!}`)).toBe(404)
    const part = await read(people.ana, album_id, '?page=2&page_size=1')
    expect(part).toMatchObject({ item_count: 2, items: [{ item_id: made[2], order: 1 }] })
  })

  it('go with their video, and come back when that is undone', async () => {
    const { album_id } = await make(people.owner, { visibility: 'public' })
    const videoId = await uploaded()
    await put(people.owner, album_id, videoId)
    await ask(server.engine, deleteVideo, { videoId })
    expect(await read(people.nobody, album_id)).toMatchObject({ item_count: 0, items: [] })
    await ask(server.engine, restoreVideo, { videoId })
    expect((await read(people.nobody, album_id)).item_count).toBe(1)
  })
})

describe('the order', () => {
  it('is changed by a list: 204', async () => {
    const { album_id } = await make(people.ana)
    const made: string[] = []
    for (let i = 0; i < 4; i += 1)
      made.push((await put(people.ana, album_id, (await people.ana.register()).video_id)).item_id)
    const orders = (...list: [number, number][]) => ({
      item_orders: list.map(([item, order]) => ({ item_id: made[item], order })),
    })
    const path = `/albums/${album_id}/reorder`
    const answer = await people.ana.send('POST', path, orders([0, 3], [1, 2], [2, 1], [3, 0]))
    expect([answer.status, await answer.text()]).toEqual([204, ''])
    expect(ids(await read(people.ana, album_id))).toEqual(made.toReversed())
    await people.ana.send('POST', path, orders([1, 0]))
    expect(ids(await read(people.ana, album_id))).toEqual([made[1], made[3], made[2], made[0]])
    for (const [status, body] of [
      [422, orders([0, 0], [0, 1])],
      [422, orders([0, 0], [1, 0])],
      [422, orders([0, -1])],
      [422, { item_orders: [] }],
      [422, {}],
      [404, { item_orders: [{ item_id: NOBODYS, order: 0 }] }],
    ] as const)
      expect(await people.ana.status('POST', path, body)).toBe(status)
    expect(ids(await read(people.ana, album_id))).toEqual([made[1], made[3], made[2], made[0]])
  })

  it('has no gaps and nothing twice after 20 clients added, removed, reordered and deleted at once', async () => {
    const { album_id } = await make(people.ana)
    const films = await Promise.all(Array.from({ length: 40 }, () => people.ana.register()))
    const statuses: number[] = []
    const client = async (number: number): Promise<void> => {
      const mine = films.slice(number * 2, number * 2 + 2)
      const items: string[] = []
      for (const { video_id } of mine) items.push((await put(people.ana, album_id, video_id, { order: 0 })).item_id)
      const item_orders = items.toReversed().map((item_id, order) => ({ item_id, order }))
      statuses.push(await people.ana.status('POST', `/albums/${album_id}/reorder`, { item_orders }))
      // Every fourth takes one out, every fourth deletes the video of one.
      if (number % 4 === 0) statuses.push(await people.ana.status('DELETE', `/albums/${album_id}/items/${items[0]!}`))
      if (number % 4 === 1) statuses.push(await people.ana.status('DELETE', `/videos/${mine[1]!.video_id}`))
    }
    await Promise.all(Array.from({ length: 20 }, (_, number) => client(number)))
    expect(new Set(statuses)).toEqual(new Set([204]))
    const album = await read(people.ana, album_id)
    expect(album.items.map(({ order }) => order)).toEqual(Array.from({ length: 30 }, (_, order) => order))
    expect(new Set(ids(album)).size).toBe(30)
    expect(album.item_count).toBe(30)
  })
})

describe('an open album', () => {
  it('shows no video of another user', async () => {
    const { album_id } = await make(people.ana, { visibility: 'public' })
    const hers = await people.ana.register({ thumbnail_url: 'https://example.com/hers.jpg' })
    const his = await people.ben.register({ thumbnail_url: 'https://example.com/his.jpg' })
    await put(people.ana, album_id, his.video_id)
    await put(people.ana, album_id, hers.video_id)
    const seen = await read(people.nobody, album_id)
    expect(seen).toMatchObject({ item_count: 1, cover_url: 'https://example.com/hers.jpg' })
    expect(seen.items).toMatchObject([{ media_id: hers.video_id, order: 0 }])
    expect(JSON.stringify(seen)).not.toContain(his.video_id)
    expect(await read(people.ben, album_id)).toMatchObject({ item_count: 2, cover_url: 'https://example.com/his.jpg' })
  })

  it('streams its media and pictures to everybody, until it is private', async () => {
    const { album_id } = await make(people.owner, { visibility: 'unlisted' })
    const videoId = await uploaded({})
    const scene = await until('a scene', async () => (await ask(server.engine, listScenes, { videoId })).scenes[0])
    const film = await put(people.owner, album_id, videoId)
    const photo = await put(people.owner, album_id, scene.sceneId, { media_type: 'photo' })
    const seen = await read(people.nobody, album_id)
    expect(seen.cover_url).toBe(film.thumbnail_url)
    expect(photo).toMatchObject({ media_type: 'photo', video_id: videoId, at_seconds: 0.5, duration_seconds: null })

    const whole = await fetch(film.media_url!)
    expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'video/mp4'])
    expect(whole.headers.get('cache-control')).toBe('private, no-cache')
    expect(Buffer.from(await whole.arrayBuffer()).equals(server.clip)).toBe(true)
    const part = await fetch(film.media_url!, { headers: { range: 'bytes=4-7' } })
    expect([part.status, await part.text()]).toEqual([206, 'ftyp'])
    const head = await fetch(film.media_url!, { method: 'HEAD' })
    expect(head.headers.get('content-length')).toBe(String(server.clip.length))
    for (const url of [film.thumbnail_url, photo.thumbnail_url, photo.media_url]) {
      const picture = await until('the picture', async () => {
        const answer = await fetch(url!)
        return answer.status === 200 && answer
      })
      expect(picture.headers.get('content-type')).toBe('image/jpeg')
    }
    const etag = whole.headers.get('etag')!
    await people.owner.ask('PUT', `/albums/${album_id}`, { visibility: 'private' })
    for (const url of [film.media_url, film.thumbnail_url, photo.media_url]) {
      expect((await fetch(url!, { headers: { 'if-none-match': etag } })).status).toBe(401)
      expect(await people.ben.status('GET', new URL(url!).pathname.replace('/api/v1', ''))).toBe(403)
      expect(await people.owner.status('GET', new URL(url!).pathname.replace('/api/v1', ''))).toBe(200)
    }
  })
})
