import fs from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { compose } from '../../main/compose.ts'
import { createAlbum } from '../../main/contract/index.ts'
import { ask } from '../support/engine.ts'
import { folderForAll } from '../support/temporary-folder.ts'
import { FRIDAY } from '../fixtures/clips.ts'

const OWNER = 'owner_key_that_nobody_may_read'
const UNKNOWN = 'fieldreel_dW5rbm93biB1bmtub3duIHVua25vd24'

interface Line {
  readonly msg: string
  readonly level: number
  readonly [field: string]: unknown
}

/** A server whose log is at trace, used in every way that shows keys and links; then what it wrote. */
async function useServer(folder: string): Promise<{ lines: Line[]; text: string; shown: string[] }> {
  const data = path.join(folder, 'library')
  const env = { ...process.env, FIELDREEL_API_KEY: OWNER, FIELDREEL_LOG_LEVEL: 'trace' }
  const engine = await compose({ data, workersFolder: path.resolve('out/main'), version: '1', logToStderr: false, env })
  const server = await engine.serve({ host: '127.0.0.1', port: 0, tls: false })
  const clip = await fs.readFile(FRIDAY)
  const send = async (place: string, init: RequestInit = {}, key = OWNER) => {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'x-request-id': 'asked-by-test',
    }
    return await fetch(place.startsWith('http') ? place : server.url + place, { headers, ...init })
  }
  const post = async <T>(place: string, body: object): Promise<T> =>
    (await (await send(place, { method: 'POST', body: JSON.stringify(body) })).json()) as T
  const uploads = '/api/v2/video-uploads'
  const shown = [OWNER, UNKNOWN]

  const made = await post<{ api_key: string }>('/api/v2/api-keys', { name: 'Van', scopes: ['read'] })
  const file = { filename: 'a.mp4', content_type: 'video/mp4', size_bytes: clip.length }
  const plan = await post<{ media_id: string; upload_id: string; chunks: Array<{ upload_url: string }> }>(
    `${uploads}/initiate`,
    file,
  )
  const [{ upload_url: partUrl } = { upload_url: '' }] = plan.chunks
  shown.push(made.api_key, partUrl.split('/').at(-1)!)
  await fetch(`${partUrl}x`, { method: 'PUT', body: clip })
  const etag = (await fetch(partUrl, { method: 'PUT', body: clip })).headers.get('etag')
  const ref = { media_id: plan.media_id, upload_id: plan.upload_id }
  await post(`${uploads}/chunks/confirm`, { ...ref, chunk_number: 1, size_bytes: clip.length, etag })
  const { video_url } = await post<{ video_url: string }>(`${uploads}/complete`, { ...ref, auto_analyze: false })
  shown.push(new URL(video_url).searchParams.get('signature')!)
  await fetch(video_url)
  await fetch(`${video_url}x`)
  await send(`${new URL(video_url).pathname}/nothing${new URL(video_url).search}`)
  await send('/api/v2/api-keys', {}, UNKNOWN)
  await send('/api/v2/api-keys', {}, made.api_key)
  await post('/api/v2/links/revoke', { url: video_url })
  await fetch(video_url)
  // The object is gone: an answer of 5xx is logged with its cause.
  const { albumId } = await ask(engine, createAlbum, { title: 'a' })
  await fs.rm(path.join(data, 'objects'), { recursive: true })
  await send(`/api/v2/videos/${plan.media_id}/file`)
  await fetch(`${server.url}/albums/${albumId}`)
  await fetch(`${server.url}/healthz`, { headers: { 'x-api-key': OWNER } })
  engine.log.error({ err: new Error(`could not fetch ${video_url}`, { cause: new Error(partUrl) }) }, 'failed')
  await server.close()
  await engine.close()
  const text = await fs.readFile(path.join(data, 'logs', 'fieldreel.log'), 'utf8')
  return {
    text,
    shown,
    lines: text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line),
  }
}

let log: Awaited<ReturnType<typeof useServer>>
beforeAll(async () => {
  log = await useServer(await folderForAll())
}, 60_000)

it('the log of a server holds, at trace, no key, no token and no signature that was shown to it', () => {
  const { text, shown } = log
  expect(shown).toHaveLength(5)
  for (const secret of shown) {
    expect(secret.length).toBeGreaterThan(20)
    expect(text).not.toContain(secret)
  }
  expect(text).toContain('[hidden]')
})

it('every request is one line at debug: what was asked, what came of it, how long it took and whose it was', () => {
  const answered = log.lines.filter(({ msg }) => msg === 'answered')
  expect(new Set(answered.map(({ level }) => level))).toEqual(new Set([20]))
  expect(answered.length).toBeGreaterThan(14)
  for (const line of answered) {
    expect(line).toMatchObject({
      reqId: expect.any(String),
      method: expect.stringMatching(/^(GET|POST|PUT)$/),
      status: expect.any(Number),
      ms: expect.any(Number),
    })
  }
  const of = (route: string, status: number) =>
    answered.find((line) => line['route'] === route && line['status'] === status)
  const user = of('/api/v2/api-keys', 201)?.['user']
  expect(user).toMatch(/^[0-9a-f-]{36}$/)
  expect(of('/api/v2/api-keys', 201)).toMatchObject({ method: 'POST', reqId: 'asked-by-test' })
  expect(of('/api/v2/api-keys', 401)).toMatchObject({ user: null })
  expect(of('/api/v2/api-keys', 403)).toMatchObject({ user })
  expect(of('/api/v2/video-uploads/parts/:token', 200)).toMatchObject({ method: 'PUT', user: null })
  expect(of('/api/v2/videos/:video_id/file', 403)).toBeDefined()
})
