import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { listApiKeys, listScenes, openVideo, storePart } from '../../main/contract/index.ts'
import { ask, type Asked, exchange, type RawAnswer } from '../support/raw-http.ts'
import { as, KEYS, serve } from './scripted-server.ts'

const VIDEO = '550e8400-e29b-41d4-a716-446655440000'
const SCENES = `/api/v2/videos/${VIDEO}/scenes`
const FILE = `/api/v2/videos/${VIDEO}/file`
const INITIATE = '/api/v2/video-uploads/initiate'

/** A library of one video of 10 bytes without scenes. */
async function oneVideo(requestsPerMinute?: number) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'fieldreel-answers-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = path.join(folder, 'ten')
  await writeFile(file, '0123456789')
  const facts = { sizeBytes: 10, contentType: 'video/mp4', etag: '"ten"', filename: 'ten.mp4' }
  return await serve(
    (operations) =>
      operations
        .implement(listScenes, ({ videoId }) => ({ videoId, scenes: [] }))
        .implement(openVideo, () => ({ path: file, modifiedAt: '2026-01-01T00:00:00Z', ...facts }))
        .implement(listApiKeys, () => ({ keys: [], total: 0 }))
        .implement(storePart, () => ({ etag: 'e', partNumber: 1 })),
    requestsPerMinute === undefined ? {} : { requestsPerMinute },
  )
}

const json = { ...as(KEYS.admin), 'content-type': 'application/json' }
const long = (characters: number) => 'a'.repeat(characters)

const ASKED: [what: string, status: number, asked: Asked][] = [
  ['health', 200, { path: '/healthz' }],
  ['the way to the documentation', 302, { path: '/' }],
  ['the documentation', 200, { path: '/docs/' }],
  ['an answer of JSON', 200, { path: SCENES, headers: as(KEYS.reader) }],
  ['a file', 200, { path: FILE, headers: as(KEYS.reader) }],
  ['a range of a file', 206, { path: FILE, headers: { ...as(KEYS.reader), range: 'bytes=2-3' } }],
  ['a range behind the end', 416, { path: FILE, headers: { ...as(KEYS.reader), range: 'bytes=20-' } }],
  ['a file that is held already', 304, { path: FILE, headers: { ...as(KEYS.reader), 'if-none-match': '"ten"' } }],
  ['HEAD', 200, { method: 'HEAD', path: FILE, headers: as(KEYS.reader) }],
  ['a stored part', 200, { method: 'PUT', path: '/api/v2/video-uploads/parts/t', body: 'x' }],
  ['OPTIONS', 404, { method: 'OPTIONS', path: SCENES }],
  ['a method of other protocols', 404, { method: 'PROPFIND', path: SCENES }],
  ['an unknown path', 404, { path: '/nowhere' }],
  ['an unknown path of the dialect', 404, { path: '/api/v2/nowhere' }],
  ['no key', 401, { path: SCENES }],
  ['a key that may not', 403, { path: '/api/v2/api-keys', headers: as(KEYS.writer) }],
  ['another host', 403, { path: '/healthz', headers: { host: 'evil.example' } }],
  ['another site', 403, { path: '/healthz', headers: { origin: 'http://evil.example' } }],
  ['broken JSON', 400, { method: 'POST', path: INITIATE, headers: json, body: '{' }],
  ['JSON that says nothing', 422, { method: 'POST', path: INITIATE, headers: json, body: '{}' }],
  ['a body that is too large', 413, { method: 'POST', path: INITIATE, headers: json, body: `"${long(2_000_000)}"` }],
  [
    'a body that is no JSON',
    415,
    { method: 'POST', path: INITIATE, headers: { ...json, 'content-type': 'text/csv' }, body: 'a,b' },
  ],
  ['a URL that is no URL', 400, { path: '/api/v2/videos/%zz/scenes' }],
  ['a parameter that is too long', 414, { path: `/api/v2/videos/${long(3000)}/scenes` }],
  ['a URL that is too long', 414, { path: `/healthz?${long(9000)}` }],
  ['an expectation nobody meets', 200, { path: '/healthz', headers: { expect: 'a miracle' } }],
  ['an upgrade nobody offers', 200, { path: '/healthz', headers: { connection: 'Upgrade', upgrade: 'websocket' } }],
]

function assertMarked({ headers }: RawAnswer): void {
  expect(headers['x-request-id']).toMatch(/^[\w.:-]{1,128}$/)
  expect(headers['x-ratelimit-limit']).toBe('6000')
  expect(Number(headers['x-ratelimit-remaining'])).toBeLessThan(6000)
  expect(Number(headers['x-ratelimit-reset'])).toBeGreaterThan(Date.now() / 1000)
}

describe('every answer says which request it is for and how many are left', () => {
  it.each(ASKED)('%s: %i', async (_what, status, asked) => {
    const { url } = await oneVideo()
    const answer = await ask(url, asked)
    expect(answer.status).toBe(status)
    assertMarked(answer)
    if (status >= 400 && status !== 416) {
      expect(JSON.parse(answer.body)).toMatchObject({ request_id: answer.headers['x-request-id'] })
    }
  })

  it.each([
    ['what is no HTTP', 400, 'HELLO\r\n\r\n'],
    ['TLS', 400, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['a method nobody knows', 400, 'FROB / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['two lengths', 400, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
    [
      'a length and chunks',
      400,
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
    ['headers that are too large', 431, `GET / HTTP/1.1\r\nHost: x\r\nX: ${long(40_000)}\r\n\r\n`],
    ['a URL beyond all headers', 414, `GET /${long(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['no host', 403, 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['no host, by an old rule', 403, 'GET /healthz HTTP/1.0\r\n\r\n'],
  ])('%s: %i, then the end of the connection', async (_what, status, text) => {
    const { url } = await oneVideo()
    const answer = await exchange(url, text)
    expect(answer.status).toBe(status)
    assertMarked(answer)
    expect(JSON.parse(answer.body)).toMatchObject({
      error: { code: expect.any(String) as string, message: expect.any(String) as string },
      request_id: answer.headers['x-request-id'],
    })
  })

  it('gives no second answer where one is on its way', async () => {
    const { url } = await oneVideo()
    const { host } = new URL(url)
    const { body } = await exchange(url, `GET ${FILE} HTTP/1.1\r\nHost: ${host}\r\n${keyLine()}\r\nNONSENSE\r\n\r\n`)
    // The file, or its answer cut short; or the refusal alone.
    expect(body.split('request_id').length).toBeLessThanOrEqual(2)
  })

  it('counts what is no HTTP, too', async () => {
    const { url } = await oneVideo(2)
    const statuses = []
    for (let i = 0; i < 3; i++) statuses.push(await exchange(url, 'HELLO\r\n\r\n'))
    expect(statuses.map(({ status }) => status)).toEqual([400, 400, 429])
    expect(Number(statuses[2]?.headers['retry-after'])).toBeGreaterThan(0)
  })
})

function keyLine(): string {
  return `Authorization: ${as(KEYS.reader).authorization}\r\n`
}
