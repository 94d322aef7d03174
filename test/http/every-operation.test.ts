import { beforeAll, describe, expect, it } from 'vitest'
import { cancelJob } from '../../main/contract/index.ts'
import { ask } from '../support/engine.ts'
import { until } from '../support/until.ts'
import { CheckedFetch } from './checked-fetch.ts'
import { json, liveServer, OWNER, ref, UNKNOWN, type Chunk, type Completed, type Plan } from './live-server.ts'
import { PublishedApi } from './published-api.ts'
import { as } from './scripted-server.ts'

// Every operation of the published description is asked at least once; what it answers is compared with the description.

const server = liveServer()
let checked: CheckedFetch
let api: PublishedApi
beforeAll(async () => {
  api = await PublishedApi.of(server.url)
  checked = new CheckedFetch(api)
})

async function call(method: string, path: string, body?: unknown, headers: object = as(OWNER)): Promise<Response> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' }
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  return await checked.fetch(server.url + path, { method, headers: { ...headers, ...json }, ...sent })
}
const get = (path: string) => call('GET', path)
const post = (path: string, body?: unknown) => call('POST', path, body)

const initiate = (size_bytes: number) =>
  json<Plan>(
    post('/api/v2/video-uploads/initiate', {
      filename: 'dock.mp4',
      content_type: 'video/mp4',
      size_bytes,
      title: null,
    }),
    201,
  )

async function upload(): Promise<Completed> {
  const uploads = '/api/v2/video-uploads'
  const plan = await initiate(server.clip.length)
  const { media_id } = plan
  await get(`${uploads}/${media_id}/resume`)
  const again = { ...ref(plan), chunk_number: 1 }
  const { upload_url, chunk_number } = await json<Chunk>(post(`${uploads}/chunks/retry`, again))
  const stored = await checked.fetch(upload_url, { method: 'PUT', body: Buffer.from(server.clip) })
  const size_bytes = server.clip.length
  const etag = stored.headers.get('etag')
  await post(`${uploads}/chunks/confirm`, { ...ref(plan), chunk_number, size_bytes, etag })
  await get(`${uploads}/${media_id}/resume`)
  await get(`${uploads}/progress/${media_id}`)
  const completed = await json<Completed>(post(`${uploads}/complete`, { ...ref(plan), metadata: { take: [1, null] } }))
  await analysed(completed.analysis_job_id ?? '')
  return completed
}

async function analysed(jobId: string): Promise<void> {
  await until(
    'the analysis',
    async () => (await json<{ completed_at: unknown }>(get(`/api/v2/video-analysis/jobs/${jobId}`))).completed_at,
    90_000,
  )
}

async function useUploads(): Promise<void> {
  await post('/api/v2/video-uploads/abort', { ...ref(await initiate(5)), reason: null })
  const videos = [{ filename: 'a.mov', content_type: 'video/quicktime', size_bytes: 7 }]
  await post('/api/v2/video-uploads/batch/initiate', { videos })
}

async function useVideo(media_id: string, jobId: string): Promise<void> {
  await get(`/api/v2/videos/${media_id}/preview`)
  // Pictures are made beside the analysis.
  for (const which of ['file', 'poster', 'sprite']) {
    await until(which, async () => (await get(`/api/v2/videos/${media_id}/${which}`)).ok, 90_000)
  }
  const { scenes } = await json<{ scenes: { scene_id: string }[] }>(get(`/api/v2/videos/${media_id}/scenes`))
  await get(`/api/v2/video-scenes/${scenes[0]?.scene_id}/thumbnail`)
  await get(`/api/v2/video-analysis/status/${media_id}`)
  const queued = await json<{ analysis_job_id: string }>(post('/api/v2/video-analysis/queue', { media_id }), 202)
  await post('/api/v2/video-analysis/queue', { media_id })
  await analysed(queued.analysis_job_id)
  await post(`/api/v2/video-analysis/jobs/${jobId}/retry`, { media_id })
}

/** A job is retried once it failed or was cancelled. */
async function retryAnalysis(media_id: string): Promise<void> {
  const jobId = await until('a job that is cancelled before it ends', async () => {
    const queued = post('/api/v2/video-analysis/queue', { media_id })
    const { analysis_job_id } = await json<{ analysis_job_id: string }>(queued, 202)
    const isCancelled = ask(server.engine, cancelJob, { jobId: analysis_job_id }).then(
      () => true,
      () => false,
    )
    return (await isCancelled) && analysis_job_id
  })
  await post(`/api/v2/video-analysis/jobs/${jobId}/retry`, { media_id })
  await analysed(jobId)
}

async function useKeys(): Promise<void> {
  const { id } = await json<{ id: string }>(post('/api/v2/api-keys', { name: 'Van', metadata: { seats: 3 } }), 201)
  await get('/api/v2/api-keys?include_inactive=true')
  await get(`/api/v2/api-keys/${id}`)
  await call('PUT', `/api/v2/api-keys/${id}`, { is_active: false, description: null })
  await call('DELETE', `/api/v2/api-keys/${id}`)
}

async function useCatalogue(): Promise<string> {
  const { video_id } = await json<{ video_id: string }>(
    post('/api/v1/videos', { title: 'Roof', video_type: 'demo', duration: 90, video_url: 'https://example.com/a.mp4' }),
    201,
  )
  const video = `/api/v1/videos/${video_id}`
  await get('/api/v1/videos?tags=a&tags=b&limit=3')
  await get(video)
  await call('PUT', video, { description: 'Seen from the crane', tags: ['roof'] })
  await get('/api/v1/showcase-videos/showcase')
  const view = { watch_duration: 40, completion_percentage: 44.5 }
  await call('POST', `${video}/track-view`, view, { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' })
  await post(`${video}/like`)
  await call('DELETE', `${video}/like`)
  await call('POST', `${video}/share`, undefined, {})
  for (const kind of ['', '/devices', '/watch-time-distribution', '/geography', '/aggregated?granularity=hourly']) {
    await get(`${video}/analytics${kind}`)
  }
  await get(`${video}/analytics/completion-rate?breakdown=device`)
  await get(`${video}/analytics/dashboard?include_realtime=true&period=7d`)
  await useAnnotations(`/api/v1/showcase-videos/${video_id}/annotations`)
  return video
}

async function useAnnotations(annotations: string): Promise<void> {
  const drawings = [{ kind: 'box', points: Array(2).fill([0.1, 0.2]) }]
  const facts = { timestamp: 4.5, title: 'Crack', annotation_type: 'info', drawings }
  const { id } = await json<{ id: string }>(post(annotations, facts), 201)
  await get(`${annotations}?type=info`)
  await call('PATCH', `${annotations}/${id}`, { url: null, title: 'Long crack' })
  await call('DELETE', `${annotations}/${id}`)
}

async function useAlbums(media_id: string): Promise<void> {
  const { album_id } = await json<{ album_id: string }>(
    post('/api/v1/albums', { title: 'Trips', visibility: 'public' }),
    201,
  )
  const album = `/api/v1/albums/${album_id}`
  const { item_id } = await json<{ item_id: string }>(
    post(`${album}/items`, { media_type: 'video', media_id, caption: null }),
    201,
  )
  await get('/api/v1/albums?page=1&page_size=5')
  await call('GET', album, undefined, {})
  await call('PUT', album, { cover_url: null, visibility: 'unlisted' })
  await call('PATCH', `${album}/items/${item_id}`, { caption: 'First' })
  await post(`${album}/reorder`, { item_orders: [{ item_id, order: 0 }] })
  await get(`${album}/items/${item_id}/media`)
  await get(`${album}/items/${item_id}/thumbnail`)
  await call('DELETE', `${album}/items/${item_id}`)
  await call('DELETE', album)
}

async function useTasks(media_id: string): Promise<void> {
  const input = [{ type: 'video_url', url: `store://${media_id}`, max_frames: 2 }]
  const body = { input, steps: [{ model: 'detect' }, { model: 'feature' }], model: 'any', counting: { lines: [] } }
  const { id } = await json<{ id: string }>(post('/v1/video/process', body), 202)
  const task = `/v1/video/tasks/${id}`
  await get(`${task}/stream`)
  await until('the task', async () => (await json<{ completed_at: unknown }>(get(task))).completed_at, 90_000)
  await get(`${task}?include=request`)
  await get('/v1/video/tasks?status=succeeded&limit=1')
  await get(`${task}/results`)
  for (const which of ['video', 'annotated', 'frames/0?roi=0,0,40,40']) await get(`${task}/${which}`)
  await post(`${task}/cancel`)
  await call('DELETE', task)
  const longer = { input: [{ type: 'video_url', url: `store://${media_id}`, sampling: { mode: 'fps', value: 30 } }] }
  const other = await json<{ id: string }>(post('/v1/video/process', { ...body, ...longer }), 202)
  await post(`/v1/video/tasks/${other.id}/cancel`)
}

describe('every operation', { timeout: 240_000 }, () => {
  it('answers as it is described, when all goes well', async () => {
    const { media_id, video_url, analysis_job_id } = await upload()
    await useUploads()
    await useVideo(media_id, analysis_job_id ?? '')
    await retryAnalysis(media_id)
    await useKeys()
    await call('DELETE', await useCatalogue())
    await useAlbums(media_id)
    await useTasks(media_id)
    await get('/api/v2/audit-log?limit=500')
    await call('GET', '/api/v2/audit-log', undefined, { ...as(OWNER), accept: 'application/x-ndjson' })
    await post('/api/v2/links/revoke', { url: video_url })
    await post('/api/v2/secrets/rotate')
    expect(checked.problems).toEqual([])
    const missing = api.operations().filter(({ operation }) => !checked.succeeded.has(operation.operationId))
    // The clip plays in every browser: no copy of it is made.
    expect(missing.map(({ operation }) => operation.operationId)).toEqual(['getVideoPreview'])
  })

  const KEYS: [string, object][] = [
    ['no key', {}],
    ['a key that does not count', as('aion_unknown')],
    ['a key', as(OWNER)],
  ]
  it.each(KEYS)(
    'answers as it is described, when it is asked for nothing there is, with %s',
    async (_what, headers) => {
      for (const { method, path, operation } of api.operations()) {
        const target = path.replace('{frame}', '0').replace(/\{\w+\}/g, UNKNOWN)
        const isJson = 'application/json' in (operation.requestBody?.content ?? {})
        await call(method.toUpperCase(), target, isJson ? { media_id: UNKNOWN, limit: [] } : undefined, headers)
      }
      expect(checked.problems).toEqual([])
      expect(checked.asked.size).toBe(api.operations().length)
    },
  )
})
