import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compose, type Engine } from '../../../main/compose.ts'
import { PART_BYTES } from '../../../main/contract/index.ts'
import { resolveFfmpeg } from '../../../main/platform/ffmpeg/index.ts'
import type { HttpServer } from '../../../main/transport/http/index.ts'
import { FLOWER } from '../../fixtures/clips.ts'
import { as, errorOf, post } from '../scripted-server.ts'

// The whole way of a video over real HTTP, against the real engine.

const OWNER = 'aion_owner_of_the_upload_flow_test'
const UNKNOWN = '550e8400-e29b-41d4-a716-446655440000'
let folder = ''
let engine: Engine
let server: HttpServer
let url = ''
let clip: Buffer

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fieldreel-flow-'))
  clip = await makeClip()
  engine = await compose({
    data: path.join(folder, 'data'),
    workersFolder: path.resolve('out/main'),
    version: '1.2.3',
    logToStderr: false,
    env: { ...process.env, FIELDREEL_API_KEY: OWNER },
  })
  server = await engine.serve({ host: '127.0.0.1', port: 0 })
  url = server.url
}, 60_000)

afterAll(async () => {
  await server.close()
  await engine.close()
  await rm(folder, { recursive: true })
})

/** Two shots of noisy pictures, so that four seconds fill two chunks. */
async function makeClip(): Promise<Buffer> {
  const file = path.join(folder, 'clip.avi')
  const { ffmpeg } = await resolveFfmpeg()
  const shot = (source: string) => ['-f', 'lavfi', '-t', '2', '-i', `${source}=size=640x360:rate=25`]
  const graph = '[0][1]concat=n=2:v=1:a=0,noise=alls=60:allf=t'
  const codec = ['-c:v', 'mjpeg', '-q:v', '2', '-pix_fmt', 'yuvj420p']
  await promisify(execFile)(ffmpeg, [
    ...shot('smptebars'),
    ...shot('testsrc2'),
    '-filter_complex',
    graph,
    ...codec,
    file,
  ])
  return await readFile(file)
}

interface Chunk {
  readonly chunk_number: number
  readonly size_bytes: number
  readonly upload_url: string
}
interface Plan {
  readonly media_id: string
  readonly upload_id: string
  readonly total_chunks: number
  readonly chunks: readonly Chunk[]
}

const api = (pathname: string) => `${url}/api/v2${pathname}`
const get = (pathname: string, headers: Record<string, string> = {}) =>
  fetch(api(pathname), { headers: { ...as(OWNER), ...headers } })
const send = (pathname: string, body: unknown) => fetch(api(pathname), post(OWNER, body))

async function json<T>(response: Response | Promise<Response>, status = 200): Promise<T> {
  const answer = await response
  const body = (await answer.json()) as T
  expect({ status: answer.status, body }).toMatchObject({ status })
  return body
}

const initiate = (sizeBytes = clip.length) =>
  json<Plan>(
    send('/video-uploads/initiate', { filename: 'dock.avi', content_type: 'video/x-msvideo', size_bytes: sizeBytes }),
    201,
  )
const bytesOf = ({ chunk_number, size_bytes }: Chunk) => {
  const start = (chunk_number - 1) * PART_BYTES
  return clip.subarray(start, start + size_bytes)
}
const put = (chunk: Chunk, body: Uint8Array = bytesOf(chunk)) =>
  fetch(chunk.upload_url, { method: 'PUT', body: Buffer.from(body) })
const confirm = ({ media_id, upload_id }: Plan, { chunk_number, size_bytes }: Chunk, etag: string) =>
  send('/video-uploads/chunks/confirm', { media_id, upload_id, chunk_number, etag, size_bytes })
const ref = ({ media_id, upload_id }: Plan) => ({ media_id, upload_id })

async function upload(plan: Plan, chunks = plan.chunks): Promise<void> {
  for (const chunk of chunks) {
    const stored = await put(chunk)
    expect([stored.status, await stored.text()]).toEqual([200, ''])
    await json(confirm(plan, chunk, stored.headers.get('etag') ?? ''))
  }
}

describe('an upload', () => {
  it('goes from initiate to a video with scenes, pictures and a file that is byte for byte the same', async () => {
    const plan = await initiate()
    expect(plan).toMatchObject({ total_chunks: 2, chunk_size_bytes: PART_BYTES, retry_attempts: 3 })
    await upload(plan)
    const progress = await json(get(`/video-uploads/progress/${plan.media_id}`))
    expect(progress).toMatchObject({
      ...{ status: 'uploading', chunks_completed: 2, bytes_uploaded: clip.length, progress_percent: 100 },
      ...{ current_chunk: null, failed_chunks: [], estimated_time_remaining: 0 },
    })

    const wish = { ...ref(plan), analysis_type: 'scene_detection' }
    const completed = await json<{ video_url: string; analysis_job_id: string }>(send('/video-uploads/complete', wish))
    expect(completed).toMatchObject({
      ...{ media_id: plan.media_id, status: 'completed', deduplicated: false },
      metadata: {
        width: 640,
        height: 360,
        frame_rate: 25,
        video_codec: 'mjpeg',
        audio_codec: null,
        format_name: 'avi',
      },
    })
    const repeated = await json<object>(send('/video-uploads/complete', wish))
    expect(repeated).toMatchObject({ media_id: plan.media_id, analysis_job_id: completed.analysis_job_id })

    const file = await fetch(completed.video_url, { headers: as(OWNER) })
    expect(
      createHash('md5')
        .update(Buffer.from(await file.arrayBuffer()))
        .digest('hex'),
    ).toBe(createHash('md5').update(clip).digest('hex'))
    const tail = await fetch(completed.video_url, { headers: { ...as(OWNER), range: 'bytes=-4' } })
    expect([tail.status, Buffer.from(await tail.arrayBuffer())]).toEqual([206, clip.subarray(-4)])

    await finished(completed.analysis_job_id)
    await expectScenes(plan.media_id)
    const poster = await get(`/videos/${plan.media_id}/poster`)
    expect([poster.status, poster.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
  }, 60_000)

  it('goes on where it stopped', async () => {
    const plan = await initiate()
    await upload(plan, plan.chunks.slice(1))
    const resumed = await json<Plan>(get(`/video-uploads/${plan.media_id}/resume`))
    expect(resumed).toMatchObject({ upload_id: plan.upload_id, total_chunks: 2 })
    expect(resumed.chunks.map(({ chunk_number }) => chunk_number)).toEqual([1])

    const incomplete = await send('/video-uploads/complete', ref(plan))
    expect(incomplete.status).toBe(422)
    expect(await errorOf(incomplete)).toMatchObject({ code: 'INCOMPLETE_UPLOAD', details: { missing_chunks: [1] } })

    await upload(plan, resumed.chunks)
    const completed = await json(send('/video-uploads/complete', { ...ref(plan), auto_analyze: false }))
    expect(completed).toMatchObject({ analysis_job_id: null, deduplicated: true })
  })

  it('is given up for good', async () => {
    const plan = await initiate()
    await upload(plan, plan.chunks.slice(0, 1))
    const aborted = await json(send('/video-uploads/abort', { ...ref(plan), reason: 'User cancelled' }))
    expect(aborted).toMatchObject({ media_id: plan.media_id, status: 'aborted', cleaned_up: true, chunks_removed: 1 })
    expect(await json(send('/video-uploads/abort', ref(plan)))).toMatchObject({ chunks_removed: 0 })
    expect((await send('/video-uploads/complete', ref(plan))).status).toBe(409)
    expect(await json(get(`/video-uploads/progress/${plan.media_id}`))).toMatchObject({ status: 'aborted' })
    const [, second] = plan.chunks
    if (second) expect(await xmlOf(await put(second))).toEqual([404, 'NoSuchUpload'])
  })

  it('is refused when its bytes are no video', async () => {
    const text = Buffer.from('This is a letter, not a film.')
    const plan = await initiate(text.length)
    const [chunk] = plan.chunks
    if (!chunk) throw new Error('A plan has at least one chunk.')
    const stored = await put(chunk, text)
    await json(confirm(plan, chunk, stored.headers.get('etag') ?? ''))
    const refused = await send('/video-uploads/complete', ref(plan))
    expect([refused.status, (await errorOf(refused)).code]).toEqual([422, 'INVALID_VIDEO'])
  })

  it('is refused when the end of the film is missing, and kept as far as it goes when that is accepted', async () => {
    const film = (await readFile(FLOWER)).subarray(0, 300_000)
    const about = { filename: 'cut.webm', content_type: 'video/webm', size_bytes: film.length }
    const plan = await json<Plan>(send('/video-uploads/initiate', about), 201)
    const [chunk] = plan.chunks
    if (!chunk) throw new Error('A plan has at least one chunk.')
    const stored = await put(chunk, film)
    await json(confirm(plan, chunk, stored.headers.get('etag') ?? ''))
    const refused = await send('/video-uploads/complete', ref(plan))
    const error = await errorOf(refused)
    expect([refused.status, error.code]).toEqual([422, 'INVALID_VIDEO'])
    const until = (error.details as { kept_until_seconds: number }).kept_until_seconds
    expect(until).toBeGreaterThan(0)
    const kept = await json<{ metadata: { duration_seconds: number } }>(
      send('/video-uploads/complete', { ...ref(plan), accept_truncated: true, auto_analyze: false }),
    )
    expect(kept.metadata.duration_seconds).toBe(until)
  })
})

describe('a chunk', () => {
  it('is refused when its URL, its length or its checksum is wrong', async () => {
    const { chunks } = await initiate()
    const [first, last] = chunks
    if (!first || !last) throw new Error('The clip fills two chunks.')
    const tampered = { ...last, upload_url: last.upload_url.slice(0, -4) + 'AAAA' }
    expect(await xmlOf(await put(tampered))).toEqual([403, 'AccessDenied'])
    expect(await xmlOf(await put(last, bytesOf(last).subarray(1)))).toEqual([400, 'IncompleteBody'])
    expect(await xmlOf(await put(last, bytesOf(first)))).toEqual([400, 'EntityTooLarge'])
    const headers = { 'content-md5': createHash('md5').update('other').digest('base64') }
    const digest = await fetch(last.upload_url, { method: 'PUT', body: Buffer.from(bytesOf(last)), headers })
    expect(await xmlOf(digest)).toEqual([400, 'BadDigest'])
  })

  it('has failed when it is refused for its announced length, until it is stored', async () => {
    const plan = await initiate()
    const last = plan.chunks.at(-1)
    if (!last) throw new Error('The clip fills two chunks.')
    const failed = async () =>
      (await json<{ failed_chunks: number[] }>(get(`/video-uploads/progress/${plan.media_id}`))).failed_chunks
    expect(await xmlOf(await put(last, bytesOf(last).subarray(1)))).toEqual([400, 'IncompleteBody'])
    expect(await failed()).toEqual([last.chunk_number])
    const etag = (await put(last)).headers.get('etag') ?? ''
    expect(await failed()).toEqual([])
    await json(confirm(plan, last, etag))
    // What is confirmed stays so.
    expect(await xmlOf(await put(last, bytesOf(last).subarray(1)))).toEqual([400, 'IncompleteBody'])
    expect(await failed()).toEqual([])
  })

  it('is found under ids in capitals, in path and body', async () => {
    const plan = await initiate()
    const last = plan.chunks.at(-1)
    if (!last) throw new Error('The clip fills two chunks.')
    const capitals = { ...plan, media_id: plan.media_id.toUpperCase() }
    const etag = (await put(last)).headers.get('etag') ?? ''
    expect(await json(confirm(capitals, last, etag))).toMatchObject({ status: 'completed' })
    const { media_id } = plan
    expect(await json(get(`/video-uploads/progress/${capitals.media_id}`))).toMatchObject({
      media_id,
      chunks_completed: 1,
    })
    expect(await json(get(`/video-uploads/${capitals.media_id}/resume`))).toMatchObject({ media_id })
    expect(await json(send('/video-uploads/abort', ref(capitals)))).toMatchObject({ media_id, status: 'aborted' })
    expect((await get('/video-uploads/progress/550E8400-E29B-41D4-A716-44665544000')).status).toBe(422)
  })

  it('is confirmed by its ETag in any spelling, and by no other', async () => {
    const plan = await initiate()
    const last = plan.chunks.at(-1)
    if (!last) throw new Error('The clip fills two chunks.')
    const etag = (await put(last)).headers.get('etag') ?? ''
    const wrong = await confirm(plan, last, '"00000000000000000000000000000000"')
    expect([wrong.status, (await errorOf(wrong)).details]).toMatchObject([422, { expected: {}, actual: {} }])
    for (const spelling of [etag, etag.slice(1, -1), `W/${etag}`, etag.toUpperCase()]) {
      expect(await json(confirm(plan, last, spelling))).toMatchObject({ status: 'completed', chunks_completed: 1 })
    }
    expect((await confirm(plan, last, 'ffffffffffffffffffffffffffffffff')).status).toBe(409)
  })

  it('gets three new URLs, each of which voids the one before', async () => {
    const plan = await initiate()
    const last = plan.chunks.at(-1)
    if (!last) throw new Error('The clip fills two chunks.')
    const body = { ...ref(plan), chunk_number: last.chunk_number }
    const retried = await json<{ upload_url: string }>(send('/video-uploads/chunks/retry', body))
    expect(retried).toMatchObject({ chunk_number: last.chunk_number, retry_attempt: 1, max_retries: 3 })
    expect(await xmlOf(await put(last))).toEqual([403, 'AccessDenied'])
    expect((await put({ ...last, upload_url: retried.upload_url })).status).toBe(200)
    await json(send('/video-uploads/chunks/retry', body))
    await json(send('/video-uploads/chunks/retry', body))
    const fourth = await send('/video-uploads/chunks/retry', body)
    expect([fourth.status, (await errorOf(fourth)).code]).toEqual([422, 'MAX_RETRIES_EXCEEDED'])
  })
})

describe('what is not there', () => {
  it.each([
    `/video-uploads/progress/${UNKNOWN}`,
    `/video-uploads/${UNKNOWN}/resume`,
    `/videos/${UNKNOWN}/scenes`,
    `/videos/${UNKNOWN}/file`,
    `/videos/${UNKNOWN}/poster`,
    `/video-scenes/${UNKNOWN}/thumbnail`,
    `/video-analysis/jobs/${UNKNOWN}`,
    `/video-analysis/status/${UNKNOWN}`,
  ])('%s is 404', async (pathname) => {
    const response = await get(pathname)
    expect([response.status, (await errorOf(response)).code]).toEqual([404, 'NOT_FOUND'])
  })

  it('is no more to confirm, retry or complete', async () => {
    const body = { media_id: UNKNOWN, upload_id: 'u', chunk_number: 1, etag: 'x', size_bytes: 1 }
    for (const pathname of ['chunks/confirm', 'chunks/retry', 'complete', 'abort']) {
      expect((await send(`/video-uploads/${pathname}`, body)).status).toBe(404)
    }
  })
})

describe('keys', () => {
  it('are made, used within their scopes, and withdrawn', async () => {
    const created = await json<{ id: string; api_key: string }>(
      send('/api-keys', { name: 'Edit', user_name: 'Mara', scopes: ['read'] }),
      201,
    )
    const mine = as(created.api_key)
    expect((await fetch(api(`/videos/${UNKNOWN}/scenes`), { headers: mine })).status).toBe(404)
    expect((await fetch(api('/api-keys'), { headers: mine })).status).toBe(403)
    const listed = await json<{ api_keys: object[] }>(get('/api-keys'))
    expect(listed.api_keys).toContainEqual(expect.objectContaining({ id: created.id, user_name: 'Mara' }))
    expect(JSON.stringify(listed)).not.toContain(created.api_key)
    const deleted = await fetch(api(`/api-keys/${created.id}`), { method: 'DELETE', headers: as(OWNER) })
    expect([deleted.status, await deleted.text()]).toEqual([204, ''])
    expect((await fetch(api(`/videos/${UNKNOWN}/scenes`), { headers: mine })).status).toBe(401)
  })
})

/** S3 XML: its status and code. */
async function xmlOf(response: Response): Promise<[number, string | undefined]> {
  expect(response.headers.get('content-type')).toContain('application/xml')
  return [response.status, /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1]]
}

async function finished(jobId: string): Promise<void> {
  const deadline = Date.now() + 45_000
  while (Date.now() < deadline) {
    await sleep(200)
    const job = await json<{ status: string; error_message: string | null }>(get(`/video-analysis/jobs/${jobId}`))
    if (job.status === 'completed') return
    if (job.status === 'failed') throw new Error(`The analysis failed: ${job.error_message}`)
  }
  throw new Error('The analysis did not end in time.')
}

/** Two shots, contiguous from start to end, each with a picture that may be kept for a year. */
async function expectScenes(mediaId: string): Promise<void> {
  interface WireScene {
    readonly scene_id: string
    readonly start_time: number
    readonly end_time: number
    readonly time_range_formatted: string
    readonly thumbnail_url: string
  }
  const { count, scenes } = await json<{ count: number; scenes: WireScene[] }>(get(`/videos/${mediaId}/scenes`))
  expect(count).toBe(2)
  expect(scenes.map(({ time_range_formatted }) => time_range_formatted)).toEqual(['0:00-0:02', '0:02-0:04'])
  expect([scenes[0]?.start_time, scenes[1]?.start_time, scenes[1]?.end_time]).toEqual([0, 2, 4])
  for (const { scene_id, thumbnail_url } of scenes) {
    const picture = await fetch(url + thumbnail_url, { headers: as(OWNER) })
    expect(picture.headers.get('cache-control')).toBe('public, max-age=31536000')
    expect(picture.headers.get('content-disposition')).toBe(`inline; filename="scene_${scene_id}.jpg"`)
    expect(
      Buffer.from(await picture.arrayBuffer())
        .subarray(0, 2)
        .toString('hex'),
    ).toBe('ffd8')
  }
}
