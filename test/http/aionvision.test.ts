import { describe, expect, it } from 'vitest'
import * as contract from '../../main/contract/index.ts'
import { families } from '../../main/transport/http/families.ts'
import { as, errorOf, KEYS, OWNER_ID, post, serve } from './scripted-server.ts'

const MEDIA = '550e8400-e29b-41d4-a716-446655440000'
const JOB = '990c2800-c62f-45b8-8b5a-880099880444'
const SCENE = 'a1b2c3d4-e5f6-4890-abcd-ef1234567890'
const NOW = '2025-01-15T10:30:00Z'
const UPLOAD = { media_id: MEDIA, upload_id: 'u1' }
const PART = { partNumber: 1, sizeBytes: 10_485_760, token: 'a.b/c', expiresAt: NOW }

const plan: contract.UploadPlan = {
  ...{ mediaId: MEDIA, uploadId: 'u1', totalParts: 50, partSizeBytes: 10_485_760, storagePath: 'videos/x.mp4' },
  ...{ parts: [PART], expiresAt: NOW, concurrentUploadLimit: 5, retryAttempts: 3 },
}
const wirePlan = (url: string) => ({
  ...UPLOAD,
  ...{ total_chunks: 50, chunk_size_bytes: 10_485_760, storage_path: 'videos/x.mp4' },
  chunks: [
    {
      ...{ chunk_number: 1, size_bytes: 10_485_760, upload_method: 'PUT', expires_at: NOW },
      upload_url: `${url}/api/v2/video-uploads/parts/a.b%2Fc`,
    },
  ],
  ...{ expires_at: NOW, concurrent_upload_limit: 5, retry_attempts: 3 },
})
const metadata: contract.VideoMetadata = {
  ...{ durationSeconds: 120.5, resolution: '1920x1080', width: 1920, height: 1080, frameRate: 30, rotation: 90 },
  ...{ videoCodec: 'h264', audioCodec: null, bitrateKbps: 34_807, fileSizeBytes: 524_288_000, formatName: 'mp4' },
  ...{ audioChannels: null, audioSampleRate: null, recordedAt: null },
}
const wireMetadata = {
  ...{ duration_seconds: 120.5, resolution: '1920x1080', width: 1920, height: 1080, frame_rate: 30, rotation: 90 },
  ...{ video_codec: 'h264', audio_codec: null, bitrate_kbps: 34_807, file_size_bytes: 524_288_000, format_name: 'mp4' },
  ...{ audio_channels: null, audio_sample_rate: null, recorded_at: null },
}
const job: contract.AnalysisJob = {
  ...{ jobId: JOB, mediaId: MEDIA, status: 'processing', progressPercent: 12.5, currentStep: 'Finding scenes' },
  ...{ startedAt: NOW, completedAt: null, errorMessage: null, errorCode: null, retryCount: 1, maxRetries: 3 },
  ...{ estimatedCompletionTime: null, providerUsed: 'local' },
}
const wireJob = {
  ...{ analysis_job_id: JOB, media_id: MEDIA, status: 'processing', progress_percent: 12.5 },
  ...{ current_step: 'Finding scenes', started_at: NOW, completed_at: null, error_message: null, error_code: null },
  ...{ retry_count: 1, max_retries: 3, estimated_completion_time: null, analysis_provider_used: 'local' },
}
const key: contract.ApiKey = {
  ...{ keyId: JOB, name: 'Edit', prefix: 'aion_abcd', userId: OWNER_ID, userName: 'Mara', scopes: ['read'] },
  ...{ createdAt: NOW, expiresAt: null, lastUsedAt: null },
}
const wireKey = {
  ...{ id: JOB, name: 'Edit', key_prefix: 'aion_abcd', user_id: OWNER_ID, user_name: 'Mara', scopes: ['read'] },
  ...{ is_active: true, created_at: NOW, expires_at: null, last_used_at: null },
}

interface Exchange {
  readonly request: `${'GET' | 'POST' | 'DELETE'} /${string}`
  readonly body?: object
  readonly operation: contract.Operation
  /** What the engine must be asked. */
  readonly input: object
  readonly output: unknown
  readonly status: number
  readonly answer: (url: string) => unknown
}

const exchanges: readonly Exchange[] = [
  {
    request: 'POST /video-uploads/initiate',
    body: {
      ...{ filename: 'C:\\clips\\inspection.mp4', content_type: 'video/mp4', size_bytes: 524_288_000 },
      ...{ title: 'Site', tags: [' site-a ', 'Brücke 2'], metadata: { camera: { serial: 7 } } },
    },
    operation: contract.initiateUpload,
    input: {
      ...{ filename: 'inspection.mp4', contentType: 'video/mp4', sizeBytes: 524_288_000, title: 'Site' },
      ...{ tags: ['site-a', 'Brücke 2'], custom: { camera: { serial: 7 } } },
    },
    output: plan,
    status: 201,
    answer: wirePlan,
  },
  {
    request: 'POST /video-uploads/chunks/confirm',
    body: { ...UPLOAD, chunk_number: 1, etag: '"ABC"', size_bytes: 10 },
    operation: contract.confirmPart,
    input: { mediaId: MEDIA, uploadId: 'u1', partNumber: 1, etag: '"ABC"', sizeBytes: 10 },
    output: { partNumber: 1, partsCompleted: 1, totalParts: 50, progressPercent: 2, estimatedSecondsLeft: 245 },
    status: 200,
    answer: () => ({
      ...{ chunk_number: 1, status: 'completed', chunks_completed: 1, total_chunks: 50, progress_percent: 2 },
      estimated_time_remaining: 245,
    }),
  },
  {
    request: 'POST /video-uploads/complete',
    body: UPLOAD,
    operation: contract.completeUpload,
    input: {
      ...{ mediaId: MEDIA, uploadId: 'u1', autoAnalyze: true, analysisProvider: 'google', analysisType: 'full_vlm' },
    },
    output: {
      ...{ mediaId: MEDIA, processingStatus: 'queued', metadata, thumbnailUrl: `/api/v2/videos/${MEDIA}/poster` },
      ...{ analysisJobId: JOB, deduplicated: false, createdAt: NOW },
    },
    status: 200,
    answer: (url) => ({
      ...{ media_id: MEDIA, status: 'completed', processing_status: 'queued', metadata: wireMetadata },
      video_url: `${url}/api/v2/videos/${MEDIA}/file`,
      thumbnail_url: `${url}/api/v2/videos/${MEDIA}/poster`,
      ...{ analysis_job_id: JOB, deduplicated: false, created_at: NOW },
    }),
  },
  {
    request: `GET /video-uploads/progress/${MEDIA}`,
    operation: contract.uploadProgress,
    input: { mediaId: MEDIA },
    output: {
      ...{ mediaId: MEDIA, uploadId: 'u1', status: 'uploading', partsCompleted: 25, totalParts: 50 },
      ...{ bytesUploaded: 262_144_000, totalBytes: 524_288_000, progressPercent: 50, estimatedSecondsLeft: null },
      ...{ currentPart: 26, failedParts: [7], lastUpdated: NOW },
    },
    status: 200,
    answer: () => ({
      ...{ ...UPLOAD, status: 'uploading', chunks_completed: 25, total_chunks: 50, bytes_uploaded: 262_144_000 },
      ...{ total_bytes: 524_288_000, progress_percent: 50, estimated_time_remaining: null, current_chunk: 26 },
      ...{ failed_chunks: [7], last_updated: NOW },
    }),
  },
  {
    request: 'POST /video-uploads/chunks/retry',
    body: { ...UPLOAD, chunk_number: 5 },
    operation: contract.retryPart,
    input: { mediaId: MEDIA, uploadId: 'u1', partNumber: 5 },
    output: { part: { ...PART, partNumber: 5 }, retryAttempt: 1, maxRetries: 3 },
    status: 200,
    answer: (url) => ({
      ...{ chunk_number: 5, upload_url: `${url}/api/v2/video-uploads/parts/a.b%2Fc` },
      ...{ retry_attempt: 1, max_retries: 3, expires_at: NOW },
    }),
  },
  {
    request: 'POST /video-uploads/abort',
    body: { ...UPLOAD, reason: 'User cancelled' },
    operation: contract.abortUpload,
    input: { mediaId: MEDIA, uploadId: 'u1', reason: 'User cancelled' },
    output: { mediaId: MEDIA, partsRemoved: 25 },
    status: 200,
    answer: () => ({ media_id: MEDIA, status: 'aborted', cleaned_up: true, chunks_removed: 25, s3_cleanup: true }),
  },
  {
    request: `GET /video-uploads/${MEDIA}/resume`,
    operation: contract.resumeUpload,
    input: { mediaId: MEDIA },
    output: plan,
    status: 200,
    answer: wirePlan,
  },
  {
    request: `GET /videos/${MEDIA}/scenes`,
    operation: contract.listScenes,
    input: { videoId: MEDIA },
    output: {
      videoId: MEDIA,
      scenes: [
        {
          ...{
            sceneId: SCENE,
            videoId: MEDIA,
            sceneIndex: 0,
            startTime: 0,
            endTime: 45.9,
            description: null,
            tags: ['a'],
          },
          ...{ visibleText: null, confidenceScore: 0.92, transition: 'start', createdAt: NOW },
          thumbnailUrl: `/api/v2/video-scenes/${SCENE}/thumbnail`,
        },
      ],
    },
    status: 200,
    answer: () => ({
      ...{ video_id: MEDIA, count: 1 },
      scenes: [
        {
          ...{ scene_id: SCENE, scene_index: 0, start_time: 0, end_time: 45.9, time_range_formatted: '0:00-0:45' },
          ...{ description: null, tags: ['a'], visible_text: null, confidence_score: 0.92, transition: 'start' },
          ...{ thumbnail_url: `/api/v2/video-scenes/${SCENE}/thumbnail`, created_at: NOW },
        },
      ],
    }),
  },
  {
    request: `GET /video-analysis/jobs/${JOB}`,
    operation: contract.getAnalysisJob,
    input: { jobId: JOB },
    output: job,
    status: 200,
    answer: () => wireJob,
  },
  {
    request: `GET /video-analysis/status/${MEDIA}`,
    operation: contract.latestAnalysisJob,
    input: { mediaId: MEDIA },
    output: job,
    status: 200,
    answer: () => wireJob,
  },
  {
    request: 'POST /video-analysis/queue',
    body: { media_id: MEDIA, analysis_type: 'scene_detection' },
    operation: contract.queueAnalysis,
    input: { mediaId: MEDIA, analysisType: 'scene_detection', priority: 'normal' },
    output: { job: { ...job, startedAt: null }, queuePosition: 2, alreadyQueued: false },
    status: 202,
    answer: () => ({
      ...{ analysis_job_id: JOB, media_id: MEDIA, queue_position: 2, estimated_start_time: null },
      message: 'Analysis queued.',
    }),
  },
  {
    request: `POST /video-analysis/jobs/${JOB}/retry`,
    body: { media_id: MEDIA },
    operation: contract.retryJob,
    input: { jobId: JOB, mediaId: MEDIA },
    output: { ...job, status: 'pending' },
    status: 202,
    answer: () => ({
      ...{ analysis_job_id: JOB, media_id: MEDIA, status: 'pending', retry_count: 1, max_retries: 3 },
      message: 'Analysis queued again: attempt 1/3.',
    }),
  },
  {
    request: 'POST /api-keys',
    body: { name: ' Edit ', user_name: 'Mara', scopes: ['read'], expires_at: '2999-01-01T02:00:00+02:00' },
    operation: contract.createApiKey,
    input: { name: 'Edit', userName: 'Mara', scopes: ['read'], expiresAt: '2999-01-01T00:00:00.000Z' },
    output: { apiKey: 'aion_secret', key },
    status: 201,
    answer: () => ({ ...wireKey, api_key: 'aion_secret' }),
  },
  {
    request: 'GET /api-keys',
    operation: contract.listApiKeys,
    input: {},
    output: { keys: [key, { ...key, expiresAt: NOW }] },
    status: 200,
    answer: () => ({ api_keys: [wireKey, { ...wireKey, expires_at: NOW, is_active: false }], total: 2 }),
  },
  {
    request: `DELETE /api-keys/${JOB}`,
    operation: contract.deleteApiKey,
    input: { keyId: JOB },
    output: { done: true },
    status: 204,
    answer: () => null,
  },
]

/** A server whose one operation answers as scripted and remembers what it was asked. */
async function scripted({ operation, output }: Pick<Exchange, 'operation' | 'output'>) {
  const asked: unknown[] = []
  const { url } = await serve((operations) =>
    operations.implement(operation, (input, { caller }) => {
      asked.push(input)
      expect(caller).toMatchObject({ door: 'aionvision', userId: OWNER_ID })
      if (output instanceof Error) throw output
      return output
    }),
  )
  return { url, asked }
}

async function send(url: string, { request, body }: Pick<Exchange, 'request' | 'body'>): Promise<Response> {
  const [method = '', path = ''] = request.split(' ')
  const init = body === undefined ? { method, headers: as(KEYS.admin) } : post(KEYS.admin, body)
  return fetch(`${url}/api/v2${path}`, init)
}

describe('the Aionvision wire', () => {
  it.each(exchanges)('$request asks the engine and answers', async (exchange) => {
    const { url, asked } = await scripted(exchange)
    const response = await send(url, exchange)
    const text = await response.text()
    expect({ status: response.status, body: text === '' ? null : JSON.parse(text) }).toEqual({
      status: exchange.status,
      body: exchange.answer(url),
    })
    expect(asked).toEqual([exchange.input])
  })

  it('is covered route by route; bytes have tests of their own', () => {
    const tested = exchanges.map(({ request }) => request.replace(/[0-9a-f-]{36}/g, ':id'))
    const json = families
      .flatMap(({ door, routes }) => (door === 'aionvision' ? routes : []))
      .filter(({ success }) => success.schema !== null || success.status === 204)
      .map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':id')}`)
    expect(json.filter((route) => !tested.includes(route as never))).toEqual([])
  })

  it('takes null for what may be left out', async () => {
    const { url, asked } = await scripted({ operation: contract.initiateUpload, output: plan })
    const body = {
      filename: 'a.mp4',
      content_type: 'video/mp4',
      size_bytes: 1,
      title: null,
      tags: null,
      metadata: null,
    }
    expect((await send(url, { request: 'POST /video-uploads/initiate', body })).status).toBe(201)
    expect(asked).toEqual([{ filename: 'a.mp4', contentType: 'video/mp4', sizeBytes: 1, tags: [], custom: {} }])
  })

  it('spells URLs as the caller spelled the host', async () => {
    const { url } = await scripted({ operation: contract.resumeUpload, output: plan })
    const local = url.replace('127.0.0.1', 'localhost')
    expect(await (await send(local, { request: `GET /video-uploads/${MEDIA}/resume` })).json()).toEqual(wirePlan(local))
  })

  it('says when a video is being analysed already', async () => {
    const { url } = await scripted({
      operation: contract.queueAnalysis,
      output: { job, queuePosition: 0, alreadyQueued: true },
    })
    const response = await send(url, { request: 'POST /video-analysis/queue', body: { media_id: MEDIA } })
    expect(await response.json()).toMatchObject({ message: 'This video already has an unfinished analysis.' })
  })
})

describe('what initiate refuses', () => {
  const good = { filename: 'a.mp4', content_type: 'video/mp4', size_bytes: 1 }
  it.each([
    ['filename', { filename: '' }],
    ['filename', { filename: 'x'.repeat(256) }],
    ['filename', { filename: 'a\0.mp4' }],
    ['content_type', { content_type: 'video/x-matroska' }],
    ['size_bytes', { size_bytes: 0 }],
    ['size_bytes', { size_bytes: 10_737_418_241 }],
    ['size_bytes', { size_bytes: '5' }],
    ['title', { title: 'x'.repeat(256) }],
    ['tags', { tags: Array.from({ length: 21 }, (_, i) => `t${i}`) }],
    ['tags.0', { tags: ['a/b'] }],
    ['tags.0', { tags: ['  '] }],
    ['metadata', { metadata: { a: 'x'.repeat(16_384) } }],
  ])('a wrong %s, by its name: %j', async (field, wrong) => {
    const { url } = await serve()
    const response = await send(url, { request: 'POST /video-uploads/initiate', body: { ...good, ...wrong } })
    expect(response.status).toBe(422)
    const { code, details } = await errorOf(response)
    const named = (details as { fields: object[] }).fields
    expect([code, named[0]]).toEqual(['VALIDATION_ERROR', { in: 'body', field, reason: expect.any(String) as string }])
  })

  it('but not exactly 10 GB', async () => {
    const { url } = await scripted({ operation: contract.initiateUpload, output: plan })
    const body = { ...good, size_bytes: 10_737_418_240 }
    expect((await send(url, { request: 'POST /video-uploads/initiate', body })).status).toBe(201)
  })
})

describe('failures', () => {
  it.each([
    ['invalid_input', 422, 'VALIDATION_ERROR'],
    ['not_found', 404, 'NOT_FOUND'],
    ['conflict', 409, 'CONFLICT'],
    ['incomplete_upload', 422, 'INCOMPLETE_UPLOAD'],
    ['max_retries_exceeded', 422, 'MAX_RETRIES_EXCEEDED'],
    ['invalid_video', 422, 'INVALID_VIDEO'],
    ['truncated_video', 422, 'INVALID_VIDEO'],
    ['storage_full', 413, 'STORAGE_QUOTA_EXCEEDED'],
    ['unavailable', 503, 'SERVICE_UNAVAILABLE'],
  ] as [contract.ErrorCode, number, string][])('%s is %d %s', async (code, status, name) => {
    const details = { missing_chunks: [2, 3] }
    const output = new contract.EngineError(code, 'Said by the engine.', details)
    const { url } = await scripted({ operation: contract.completeUpload, output })
    const response = await send(url, { request: 'POST /video-uploads/complete', body: UPLOAD })
    expect(response.status).toBe(status)
    expect(await errorOf(response)).toEqual({ code: name, message: 'Said by the engine.', details })
  })

  it('refuses an expiry in the past', async () => {
    const { url } = await serve()
    const response = await send(url, { request: 'POST /api-keys', body: { name: 'x', expires_at: NOW } })
    expect(response.status).toBe(422)
  })
})
