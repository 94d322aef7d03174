import { describe, expect, it } from 'vitest'
import { deleteVideo, getVideo, restoreVideo } from '../../../main/contract/index.ts'
import { ask } from '../../support/engine.ts'
import { NOBODYS, peopleOf, type VideoBody, type VideosBody } from '../ainative-client.ts'
import { json, liveServer } from '../live-server.ts'

// LI-1 to LI-7 and LI-50, by three users and without a key.

const server = liveServer()
const people = peopleOf(server)

const FULL = {
  ...{ title: 'REST', description: 'How to', video_type: 'demo', video_url: 'https://example.com/a.mp4' },
  ...{ thumbnail_url: 'https://example.com/a.jpg', duration: 42, tags: ['C++', 'api'], tech_stack: ['Node.js'] },
  project_url: 'https://example.com/p',
}

/** A video whose bytes are in the library; the owner's, as is whoever holds the machine's key. */
async function uploaded(title: string): Promise<string> {
  const plan = await server.initiate({ title, tags: ['night'] })
  await server.fill(plan)
  return (await server.complete(plan, { auto_analyze: false })).media_id
}

describe('a registered video', () => {
  it('echoes every field', async () => {
    const made = await people.ana.register(FULL)
    expect(made).toMatchObject({ ...FULL, id: made.video_id, author: 'ana', has_file: false, duration_seconds: 42 })
    expect(made).toMatchObject({ total_views: 0, likes: 0, shares: 0, updated_at: made['created_at'] })
    expect(await people.ben.ask('GET', `/videos/${made.video_id}`)).toEqual(made)
  })

  it('needs no more than a title', async () => {
    const { description, video_type, video_url, duration, tags, tech_stack } = await people.ana.register({
      ...{ title: '  Bare  ', description: null, tags: null, video_type: null },
    })
    expect([description, video_type, video_url, duration, tags, tech_stack]).toEqual([
      null,
      'other',
      null,
      null,
      [],
      [],
    ])
  })

  it.each([
    [{ title: '' }],
    [{ title: '   ' }],
    [{ title: 'x'.repeat(256) }],
    [{ title: 5 }],
    [{ video_type: 'showcase' }],
    [{ video_url: 'file:///etc/passwd' }],
    [{ video_url: 'javascript:alert(1)' }],
    [{ thumbnail_url: 'no url' }],
    [{ duration: -1 }],
    [{ duration: 1.5 }],
    [{ duration: '60' }],
    [{ duration: true }],
    [{ tags: 'api' }],
    [{ tags: [''] }],
    [{ tags: [7] }],
  ])('is refused with %j, which the answer names', async (wrong) => {
    const body = await people.ana.ask<{ detail: { loc: string[]; msg: string; type: string }[] }>(
      ...(['POST', '/videos/', { title: 'A', ...wrong }, 422] as const),
    )
    expect(body.detail[0]?.loc.slice(0, 2)).toEqual(['body', Object.keys(wrong)[0]])
  })

  it('is changed by its owner and by admins, and only what is named', async () => {
    const { video_id } = await people.ana.register(FULL)
    const path = `/videos/${video_id}`
    const changed = await people.ana.ask<VideoBody>('PUT', path, { title: 'New', tags: ['x'], description: null })
    expect(changed).toMatchObject({ ...FULL, title: 'New', tags: ['x'], description: null })
    expect(Date.parse(String(changed['updated_at']))).toBeGreaterThan(Date.parse(String(changed['created_at'])))
    expect(await people.owner.ask('PUT', path, { video_type: 'webinar' })).toMatchObject({
      ...{ video_type: 'webinar', title: 'New', author: 'ana' },
    })
    expect(await people.ana.ask('PUT', path, {})).toMatchObject({ title: 'New', video_type: 'webinar' })
    expect(await people.ana.ask('PUT', path, { title: null })).toMatchObject({ title: 'New' })
    expect(await people.ana.status('PUT', path, '{')).toBe(400)
  })

  it('is gone once it is deleted', async () => {
    const { video_id } = await people.ana.register({ video_type: 'demo', title: 'Doomed' })
    expect(await people.ana.status('DELETE', `/videos/${video_id}`)).toBe(204)
    for (const method of ['GET', 'DELETE']) expect(await people.ana.status(method, `/videos/${video_id}`)).toBe(404)
    expect(await people.ana.status('PUT', `/videos/${video_id}`, {})).toBe(404)
    const { videos } = await people.ana.ask<VideosBody>('GET', '/videos/?search=doomed')
    expect(videos).toEqual([])
  })
})

describe('who may', () => {
  it.each([
    ['GET', '/videos/'],
    ['GET', `/videos/${NOBODYS}`],
    ['PUT', `/videos/${NOBODYS}`],
    ['DELETE', `/videos/${NOBODYS}`],
    ['POST', '/videos/'],
    ['GET', '/showcase-videos/showcase'],
  ])('%s %s without a key: 401, even where nothing is', async (method, path) => {
    const answer = await people.nobody.send(method, path, method === 'GET' || method === 'DELETE' ? undefined : {})
    expect([answer.status, await answer.json()]).toEqual([401, { detail: expect.any(String) as string }])
  })

  it('change a video: 403 for another user, 404 when it is missing, for every caller', async () => {
    const { video_id } = await people.ana.register()
    for (const [method, body] of [['PUT', { title: 'Mine' }], ['DELETE']] as const) {
      expect(await people.ben.status(method, `/videos/${video_id}`, body)).toBe(403)
      for (const id of [NOBODYS, 'no-uuid', '%00']) {
        expect(await people.ben.status(method, `/videos/${id}`, body)).toBe(404)
        expect(await people.ben.status('GET', `/videos/${id}`)).toBe(404)
      }
    }
    expect(await people.ben.status('GET', `/videos/${video_id.toUpperCase()}/`)).toBe(200)
  })
})

describe('an uploaded video', () => {
  it('is one of the catalogue, with URLs that serve it to a key', async () => {
    const id = await uploaded('Dock')
    const video = await people.owner.ask<VideoBody>('GET', `/videos/${id}`)
    expect(video).toMatchObject({ title: 'Dock', tags: ['night'], has_file: true, duration: 2, video_type: 'other' })
    const bytes = await fetch(video.video_url ?? '', { headers: { authorization: `Bearer ${people.ben.key ?? ''}` } })
    expect(Buffer.from(await bytes.arrayBuffer()).equals(server.clip)).toBe(true)
    expect(await people.ben.status('PUT', `/videos/${id}`, { title: 'Mine' })).toBe(403)
  })

  it('is changed for every dialect', async () => {
    const id = await uploaded('Old')
    const change = { title: 'New', tags: ['a'], video_type: 'demo', tech_stack: ['React'], description: 'Said' }
    expect(await people.owner.ask('PUT', `/videos/${id}`, change)).toMatchObject(change)
    expect(await ask(server.engine, getVideo, { videoId: id })).toMatchObject({ title: 'New', tags: ['a'] })
    expect(await people.owner.ask('GET', `/videos/${id}`)).toMatchObject({ ...change, duration: 2 })
  })

  it('is deleted by either dialect, and is restored with its published fields', async () => {
    const id = await uploaded('Gone')
    await people.owner.ask('PUT', `/videos/${id}`, { description: 'Kept' })
    expect(await people.owner.status('DELETE', `/videos/${id}`)).toBe(204)
    await json(server.get(`/videos/${id}/scenes`), 404)
    await ask(server.engine, restoreVideo, { videoId: id })
    expect(await people.owner.ask('GET', `/videos/${id}`)).toMatchObject({ description: 'Kept' })
    await ask(server.engine, deleteVideo, { videoId: id })
    expect(await people.owner.status('GET', `/videos/${id}`)).toBe(404)
  })
})

describe('the list', () => {
  const titles = ({ videos }: VideosBody) => videos.map(({ title }) => title)

  it('lists the caller’s videos, newest first, paged by each of the parameter names', async () => {
    for (const title of ['c1', 'c2', 'c3', 'c4', 'c5']) await people.ben.register({ title, tags: ['paged'] })
    const all = await people.ben.ask<VideosBody>('GET', '/videos?tags=paged')
    expect([titles(all), all.total, all.page, all.limit]).toEqual([['c5', 'c4', 'c3', 'c2', 'c1'], 5, 1, 20])
    for (const query of ['page=2&limit=2', 'page=2&page_size=2', 'page=2&per_page=2', 'offset=2&limit=2']) {
      const page = await people.ben.ask<VideosBody>('GET', `/videos/?tags=paged&${query}`)
      expect([titles(page), page.total, page.page, page.limit]).toEqual([['c3', 'c2'], 5, 2, 2])
    }
    expect((await people.ana.ask<VideosBody>('GET', '/videos/?tags=paged')).total).toBe(0)
    expect(titles(await people.ben.ask<VideosBody>('GET', '/videos/?page=9'))).toEqual([])
  })

  it.each(['page=0', 'page=x', 'limit=0', 'limit=101', 'limit=1.5', 'offset=-1', 'video_type=film', 'page='])(
    'refuses ?%s',
    async (query) => expect(await people.ana.status('GET', `/videos/?${query}`)).toBe(422),
  )

  it('filters by type, by any of the tags and technologies, and by words in any case', async () => {
    const mark = 'filtermark'
    const make = (title: string, tags: string[], tech_stack: string[], more: object = {}) =>
      people.ana.register({ title, description: `${mark} 100%_done`, tags, tech_stack, ...more })
    await make('Überblick', ['Tutorial'], ['React'], { video_type: 'demo' })
    await make('two', ['open source', 'B'], ['react', 'Python'])
    await make('three', ['b'], ['C++'])
    const found = async (query: string) =>
      titles(await people.ana.ask<VideosBody>('GET', `/videos/?search=${mark}&${query}`)).sort()
    expect(await found('tags=tutorial')).toEqual(['Überblick'])
    expect(await found('tags=TUTORIAL,%20b%20,')).toEqual(['three', 'two', 'Überblick'])
    expect(await found('tags=tutorial&tags=B')).toEqual(['three', 'two', 'Überblick'])
    expect(await found('tags=b&tech_stack=REACT,python')).toEqual(['two'])
    expect(await found('tech_stack=c%2B%2B')).toEqual(['three'])
    expect(await found('video_type=demo')).toEqual(['Überblick'])
    const search = async (words: string) =>
      titles(await people.ana.ask<VideosBody>('GET', `/videos/?search=${encodeURIComponent(words)}`))
    expect(await search(' ÜBERBL')).toEqual(['Überblick'])
    expect((await search(`${mark} 100%_`)).length).toBe(3)
    expect(await search(`${mark} 100_%`)).toEqual([])
  })
})

describe('the showcase', () => {
  it('has the demos of everybody, ten a page', async () => {
    const tags = ['showcased']
    for (let i = 0; i < 6; i += 1) {
      await people.ana.register({ video_type: 'demo', title: `a${i} auth`, tags, tech_stack: ['React'] })
      await people.ben.register({ video_type: 'demo', title: `b${i}`, description: 'about AUTH', tags })
    }
    await people.ben.register({ video_type: 'tutorial', title: 'no demo', tags })
    const shown = (query: string) => people.owner.ask<VideosBody>('GET', `/showcase-videos/showcase?${query}`)
    const first = await shown('tags=showcased,other')
    expect([first.total, first.videos.length, first.page, first.limit]).toEqual([12, 10, 1, 10])
    expect((await shown('tags=showcased&page=2')).videos.length).toBe(2)
    expect((await shown('tags=showcased&search=auth&tech_stack=react')).total).toBe(6)
    expect((await shown('tags=showcased&search=auth')).total).toBe(12)
    expect(await people.owner.status('GET', '/showcase-videos/showcase/?limit=101')).toBe(422)
  })
})
