import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { ask, type Asked } from '../support/raw-http.ts'
import { AinativeClient } from './ainative-client.ts'
import { json, liveServer, OWNER, UNKNOWN } from './live-server.ts'
import { as } from './scripted-server.ts'

// ID-2, ID-4, ID-5, ID-7 over every dialect.

const server = liveServer()
const ainative = new AinativeClient(server, OWNER)

/** One body for each dialect, where a text may hold anything; the third may hold a video and is read as it arrives. */
const PLACES = [
  ['/api/v2/api-keys', 201, (text: string, more = '') => `{"name":"${text}"${more}}`],
  ['/api/v1/videos/', 201, (text: string, more = '') => `{"title":"${text}"${more}}`],
  [
    '/v1/video/process',
    422,
    (text: string, more = '') =>
      `{"input":[{"type":"video_url","url":"store://${UNKNOWN}"}],"steps":[{"model":"detect"}],"model":"${text}"${more}}`,
  ],
] as const

const send = (path: string, body: Buffer | string, headers: Record<string, string> = {}, method = 'POST') =>
  ask(server.url, {
    ...{ path, method, body },
    headers: {
      ...as(OWNER),
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...headers,
    },
  } satisfies Asked)

describe.each(PLACES)('JSON for %s', (path, status, bodyWith) => {
  /** White space, up to more than one read of the socket. */
  const padding = (bytes: number) => ' '.repeat(bytes)

  it.each([0, 70_000, 700_000])(
    'is read with a byte order mark and without, with %i bytes of white space',
    async (bytes) => {
      const body = bodyWith('Grüße 日本', padding(bytes))
      expect((await send(path, body)).status).toBe(status)
      expect((await send(path, `\ufeff${body}`)).status).toBe(status)
    },
  )

  it.each([0, 70_000, 700_000])('is refused with 400 when it is not UTF-8, behind %i bytes', async (bytes) => {
    for (const wrong of ['\xfc', '\xff\xfe', '\xc3', '\xed\xa0\x80', '\xc0\xaf']) {
      const body = Buffer.concat([
        Buffer.from(bodyWith('a', padding(bytes)).slice(0, -1)),
        Buffer.from(`,"x":"${wrong}"}`, 'latin1'),
      ])
      expect([wrong, (await send(path, body)).status]).toEqual([wrong, 400])
    }
    const cut = Buffer.concat([Buffer.from(bodyWith('a')), Buffer.from([0xc3])])
    expect((await send(path, cut)).status).toBe(400)
  })

  it('is UTF-8 wherever it is cut on its way', async () => {
    const body = Buffer.from(bodyWith('Grüße 日本 \u{1f3a5}'))
    const pieces = Array.from(body, (byte) => Buffer.from([byte]))
    const answer = await fetch(server.url + path, {
      ...{ method: 'POST', duplex: 'half', headers: { ...as(OWNER), 'content-type': 'application/json' } },
      body: Readable.from(pieces),
    } as unknown as RequestInit)
    expect(answer.status).toBe(status)
  })

  it.each(['latin1', 'utf-16', 'ISO-8859-1', 'us-ascii'])(
    'is refused with 415 that names the charset %s',
    async (charset) => {
      for (const spelled of [charset, `"${charset}"`]) {
        const { status: refused, body } = await send(path, bodyWith('a'), {
          'content-type': `application/json; charset=${spelled}`,
        })
        expect([refused, body.includes(charset)]).toEqual([415, true])
      }
    },
  )

  it.each(['utf-8', 'UTF8', '"utf-8"'])('is read as %s', async (charset) => {
    expect(
      (await send(path, bodyWith('a'), { 'content-type': `application/json; x=y;charset=${charset}` })).status,
    ).toBe(status)
  })

  it.each(['gzip', 'br', 'gzip, identity'])('is refused with 415 that names the coding %s', async (coding) => {
    const { status: refused, body } = await send(path, bodyWith('a'), { 'content-encoding': coding })
    expect([refused, body.includes(coding)]).toEqual([415, true])
    expect((await send(path, bodyWith('a'), { 'content-encoding': 'identity' })).status).toBe(status)
  })
})

describe('a POST without a body', () => {
  const TYPES = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    'application/json; charset=latin1',
  ]

  it.each([...TYPES, 'multipart/form-data; boundary=x'])(
    'is taken with the type %s where none is needed',
    async (type) => {
      const { video_id } = await ainative.register()
      for (const framing of [{ 'content-length': '0' }, { 'transfer-encoding': 'chunked' }]) {
        const share = {
          path: `/api/v1/videos/${video_id}/share`,
          method: 'POST',
          headers: { 'content-type': type, ...framing },
        }
        expect([framing, (await ask(server.url, share)).status]).toEqual([framing, 200])
        const cancel = {
          ...share,
          path: `/v1/video/tasks/${UNKNOWN}/cancel`,
          headers: { ...share.headers, ...as(OWNER) },
        }
        expect([framing, (await ask(server.url, cancel)).status]).toEqual([framing, 404])
      }
    },
  )

  it('is taken with a type that is none', async () => {
    const { video_id } = await ainative.register()
    const headers = { 'content-type': 'nonsense', 'content-length': '0' }
    const share = await ask(server.url, { path: `/api/v1/videos/${video_id}/share`, method: 'POST', headers })
    expect(share.status).toBe(200)
  })

  it.each(TYPES)('says with the type %s that a body is missing where one is needed', async (type) => {
    expect((await send('/api/v2/api-keys', '', { 'content-type': type })).status).toBe(422)
  })

  it('with a body of another type is refused', async () => {
    const { video_id } = await ainative.register()
    for (const framing of [{ 'content-length': '5' }, { 'transfer-encoding': 'chunked' }]) {
      const headers = { 'content-type': 'text/plain', ...framing }
      const refused = await ask(server.url, {
        path: `/api/v1/videos/${video_id}/share`,
        method: 'POST',
        headers,
        body: 'hello',
      })
      expect([refused.status, refused.body]).toEqual([415, expect.stringContaining('text/plain')])
    }
  })
})

describe('null', () => {
  it('says nothing for fields that may be left out, in every dialect', async () => {
    const plan = {
      ...{ filename: 'a.mp4', content_type: 'video/mp4', size_bytes: 10, title: null, tags: null, metadata: null },
    }
    const { media_id, upload_id } = await json<{ media_id: string; upload_id: string }>(
      server.send('/video-uploads/initiate', plan),
      201,
    )
    await json(
      server.send('/video-uploads/batch/initiate', { videos: [plan], auto_process: null, processing_priority: null }),
      201,
    )
    const complete = {
      ...{
        media_id,
        upload_id,
        auto_analyze: null,
        analysis_provider: null,
        analysis_type: null,
        analysis_model: null,
      },
      ...{ duration_seconds: null, accept_truncated: null, title: null, tags: null, metadata: null },
    }
    expect((await server.send('/video-uploads/complete', complete)).status).toBe(422)
    expect(await (await server.send('/video-uploads/complete', complete)).text()).toContain('INCOMPLETE_UPLOAD')
    const { id } = await json<{ id: string }>(
      server.send('/api-keys', {
        name: 'a',
        description: null,
        user_name: null,
        scopes: null,
        expires_at: null,
        metadata: null,
      }),
      201,
    )
    const changed = { name: null, metadata: null, is_active: null }
    expect(await json(server.send(`/api-keys/${id}`, changed, 'PUT'))).toMatchObject({ name: 'a', is_active: true })
    const queue = { media_id: UNKNOWN, analysis_type: null, priority: null }
    expect((await server.send('/video-analysis/queue', queue)).status).toBe(404)

    const task = {
      input: [
        {
          ...{ type: 'video_url', url: `store://${UNKNOWN}`, sampling: null, max_frames: null },
          range: { start: null, end: null, unit: null },
        },
      ],
      steps: [{ model: 'detect', parameters: null, when: { class_is: null, min_confidence: null } }],
      ...{ model: null, track: null, counting: null },
    }
    const refused = await send('/v1/video/process', JSON.stringify(task))
    // Only the video is wrong.
    expect([refused.status, refused.body]).toEqual([422, expect.stringContaining('There is no such video')])
    expect(refused.body).not.toContain('null')
  })

  it('empties what can be empty', async () => {
    const { id } = await json<{ id: string }>(server.send('/api-keys', { name: 'a', description: 'b' }), 201)
    expect(await json(server.send(`/api-keys/${id}`, { description: null }, 'PUT'))).toMatchObject({
      description: null,
    })
  })

  it('is refused where a value is needed, and kept out of nothing that is free', async () => {
    const refused = await server.send('/api-keys', { name: null })
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('received null')])
    const metadata = { room: null }
    expect(await json(server.send('/api-keys', { name: 'a', metadata }), 201)).toMatchObject({ metadata })
  })
})

describe('failures of AINative', () => {
  it('name each field under every name that clients read', async () => {
    const body = { title: '', tags: ['a', 7] }
    const { detail } = await ainative.ask<{ detail: object[] }>('POST', '/videos/', body, 422)
    expect(detail).toHaveLength(2)
    for (const one of detail as Record<string, unknown>[]) {
      expect(Object.keys(one).sort()).toEqual(['field', 'loc', 'message', 'msg', 'type'])
      expect(one['message']).toBe(one['msg'])
      expect(['body', ...String(one['field']).split('.')]).toEqual(one['loc'])
    }
    const whole = await ainative.ask<{ detail: object[] }>('POST', '/videos/', '[]', 422)
    expect(whole.detail).toMatchObject([{ loc: ['body'], field: 'body' }])
  })
})
