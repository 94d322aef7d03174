import { describe, expect, it } from 'vitest'
import { type AinativeClient, NOBODYS, peopleOf } from '../ainative-client.ts'
import { liveServer } from '../live-server.ts'

// LI-50 to LI-53, by three users and without a key.

const server = liveServer()
const people = peopleOf(server)

interface AnnotationBody {
  readonly annotation_id: string
  readonly title: string
  readonly [field: string]: unknown
}
interface ListBody {
  readonly annotations: AnnotationBody[]
  readonly total: number
}

const FULL = {
  ...{ timestamp: 42.5, title: 'Database connection setup', annotation_type: 'feature' },
  description: 'Here we configure the SQLAlchemy engine with connection pooling',
  url: 'https://example.com/docs/database',
}

/** Where the annotations of a new showcase of Ana's are. */
async function showcase(more: object = {}): Promise<string> {
  const { video_id } = await people.ana.register({ video_type: 'demo', duration: 60, ...more })
  return `/showcase-videos/${video_id}/annotations`
}
const note = (path: string, more: object = {}) =>
  people.ana.ask<AnnotationBody>('POST', path, { ...FULL, ...more }, 201)
const titles = async (path: string, who: AinativeClient = people.ben) =>
  (await who.ask<ListBody>('GET', path)).annotations.map(({ title }) => title)

describe('an annotation', () => {
  it('echoes every field', async () => {
    const path = await showcase()
    const made = await note(path)
    expect(made).toEqual({
      ...FULL,
      ...{ annotation_id: made.annotation_id, id: made.annotation_id, video_id: path.split('/')[2] },
      ...{ drawings: [], out_of_range: false, author_id: expect.any(String), author: 'ana' },
      ...{ created_at: expect.stringMatching(/Z$/), updated_at: made['created_at'] },
    })
    const drawings = [
      {
        kind: 'arrow',
        points: [
          [0.1, 0.2],
          [0.3, 0.4],
        ],
      },
      {
        kind: 'freehand',
        points: [
          [0, 0],
          [0.5, 0.5],
          [1, 1],
        ],
      },
    ]
    expect(await note(path, { description: null, url: null, drawings })).toMatchObject({ description: null, drawings })
    expect(await people.ben.ask('GET', path)).toMatchObject({ total: 2, video_id: path.split('/')[2] })
    expect(await people.ana.ask('GET', `/videos/${path.split('/')[2]!}/analytics`)).toMatchObject({ comments_count: 2 })
  })

  it.each([
    [422, { timestamp: -0.1 }],
    [422, { timestamp: '42' }],
    [422, { timestamp: undefined }],
    [422, { title: '' }],
    [422, { title: undefined }],
    [422, { annotation_type: 'bug' }],
    [422, { annotation_type: undefined }],
    [422, { url: 'javascript:alert(1)' }],
    [422, { drawings: [{ kind: 'box', points: [[0, 0]] }] }],
    [
      422,
      {
        drawings: [
          {
            kind: 'box',
            points: [
              [0, 0],
              [2, 0],
            ],
          },
        ],
      },
    ],
    [400, { timestamp: 60.001 }],
  ])('is refused as %i: %j', async (status, wrong) => {
    const path = await showcase()
    expect(await people.ana.status('POST', path, { ...FULL, ...wrong })).toBe(status)
    const { annotation_id } = await note(path)
    const change = Object.fromEntries(Object.entries(wrong).filter(([, value]) => value !== undefined))
    if (Object.keys(change).length > 0)
      expect(await people.ana.status('PATCH', `${path}/${annotation_id}`, change)).toBe(status)
  })

  it('may lie on the very end, and anywhere while the duration is unknown', async () => {
    const path = await showcase()
    await note(path, { timestamp: 60 })
    await note(path, { timestamp: 0 })
    await note(await showcase({ duration: null }), { timestamp: 1e6 })
    const body = await people.ana.ask<{ detail: string }>('POST', path, { ...FULL, timestamp: 61 }, 400)
    expect(body.detail).toBe('The video ends at 60 s: there is no 61 s in it.')
  })

  it('is changed field by field, and taken away', async () => {
    const path = await showcase()
    const { annotation_id } = await note(path)
    const one = `${path}/${annotation_id}`
    const changed = await people.ana.ask('PATCH', one, { annotation_type: 'bug-fix', url: null })
    expect(changed).toMatchObject({ ...FULL, annotation_type: 'bug-fix', url: null })
    expect(await people.ana.ask('PATCH', one, {})).toMatchObject({ title: FULL.title })
    expect(await people.ana.ask('PATCH', one, { title: null })).toMatchObject({
      ...FULL,
      annotation_type: 'bug-fix',
      url: null,
    })
    const answer = await people.ana.send('DELETE', one)
    expect([answer.status, await answer.text()]).toEqual([204, ''])
    expect(await people.ana.status('DELETE', one)).toBe(404)
    expect(await people.ana.status('PATCH', one, {})).toBe(404)
  })

  it('says when its video has become shorter', async () => {
    const path = await showcase()
    await note(path)
    await people.ana.ask('PUT', `/videos/${path.split('/')[2]!}`, { duration: 10 })
    expect(await people.ben.ask('GET', path)).toMatchObject({ annotations: [{ timestamp: 42.5, out_of_range: true }] })
  })
})

describe('the list', () => {
  it('is in the order of time, and of one type when asked', async () => {
    const path = await showcase()
    for (const [timestamp, title] of [
      [30, 'c'],
      [5, 'a'],
      [30, 'd'],
      [12.25, 'b'],
    ] as const)
      await note(path, { timestamp, title })
    await note(path, { timestamp: 1, title: 'i', annotation_type: 'info' })
    expect(await titles(path)).toEqual(['i', 'a', 'b', 'c', 'd'])
    expect(await titles(`${path}/?type=info`)).toEqual(['i'])
    expect(await titles(`${path}?type=demo`)).toEqual([])
    expect(await people.ana.status('GET', `${path}?type=bug`)).toBe(422)
  })
})

describe('who may', () => {
  it('read: any signed-in user; write: the owner of the video and admins; in the order 401, 404, 403', async () => {
    const path = await showcase()
    const { annotation_id } = await note(path)
    const calls = (list: string, id: string): [string, string, object?][] => [
      ['POST', list, FULL],
      ['PATCH', `${list}/${id}`, { title: 'New' }],
      ['DELETE', `${list}/${id}`],
    ]
    for (const [method, url, body] of calls(path, annotation_id)) {
      expect(await people.nobody.status(method, url, body)).toBe(401)
      expect(await people.ben.status(method, url, body)).toBe(403)
    }
    expect(await people.nobody.status('GET', path)).toBe(401)
    expect(await people.ben.status('GET', path)).toBe(200)
    expect(await people.owner.status('POST', path, FULL)).toBe(201)
    expect(await people.owner.status('PATCH', `${path}/${annotation_id}`, { title: 'New' })).toBe(200)

    const tutorial = (await showcase({ video_type: 'tutorial' })).split('/')[2]!
    for (const missing of [NOBODYS, 'no-uuid', tutorial]) {
      const list = `/showcase-videos/${missing}/annotations`
      for (const [method, url, body] of [...calls(list, annotation_id), ['GET', list] as const]) {
        expect(await people.ana.status(method, url, body)).toBe(404)
        expect(await people.nobody.status(method, url, body)).toBe(401)
      }
    }
    const elsewhere = await showcase()
    expect(await people.ana.status('DELETE', `${elsewhere}/${annotation_id}`)).toBe(404)
    expect(await people.ana.status('DELETE', `${path}/no-uuid`)).toBe(404)
  })
})
