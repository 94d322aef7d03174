import * as contract from '../../main/contract/index.ts'
import { OWNER_ID } from './scripted-server.ts'

// Every question the Aionvision wire can ask, and its answer: ours on the left of the engine, the vendor's on the right.

export const MEDIA = '550e8400-e29b-41d4-a716-446655440000'
export const JOB = '990c2800-c62f-45b8-8b5a-880099880444'
const SCENE = 'a1b2c3d4-e5f6-4890-abcd-ef1234567890'
export const NOW = '2025-01-15T10:30:00Z'
export const UPLOAD = { media_id: MEDIA, upload_id: 'u1' }
const PART = { partNumber: 1, sizeBytes: 10_485_760, token: 'a.b/c', expiresAt: NOW }

export const plan: contract.UploadPlan = {
  ...{ mediaId: MEDIA, uploadId: 'u1', totalParts: 50, partSizeBytes: 10_485_760, storagePath: 'videos/x.mp4' },
  ...{ parts: [PART], expiresAt: NOW, concurrentUploadLimit: 5, retryAttempts: 3 },
}
export const wirePlan = (url: string) => ({
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
/** The plan of a resumed upload: one chunk had arrived, but its confirmation got lost. */
export const resumed = {
  ...plan,
  storedParts: [{ partNumber: 2, sizeBytes: 10_485_760, etag: 'abc', confirmed: false }],
}
export const wireResumed = (url: string) => ({
  ...wirePlan(url),
  stored_chunks: [{ chunk_number: 2, size_bytes: 10_485_760, etag: '"abc"', confirmed: false }],
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
export const job: contract.AnalysisJob = {
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
  ...{ description: 'By the window', metadata: { room: { floor: 2 } }, isActive: true, usageCount: 7, revokedAt: null },
  ...{ createdAt: NOW, updatedAt: null, expiresAt: null, lastUsedAt: null },
}
const wireKey = {
  ...{ id: JOB, name: 'Edit', key_prefix: 'aion_abcd', user_id: OWNER_ID, user_name: 'Mara', scopes: ['read'] },
  ...{ description: 'By the window', metadata: { room: { floor: 2 } }, is_active: true, usage_count: 7 },
  ...{ created_at: NOW, updated_at: null, expires_at: null, last_used_at: null },
}

const auditEvent: contract.AuditEvent = {
  ...{ id: 6, at: NOW, user: null, door: 'http', action: 'signIn', outcome: 'failed', target: '203.0.113.7' },
  details: { keyPrefix: 'fieldreel_Xq2R', count: 3 },
}

export interface Exchange {
  readonly request: `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`
  readonly body?: object
  readonly operation: contract.Operation
  /** What the engine must be asked. */
  readonly input: object
  readonly output: unknown
  readonly status: number
  readonly answer: (url: string) => unknown
}

export const exchanges: readonly Exchange[] = [
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
    request: 'POST /video-uploads/batch/initiate',
    body: {
      videos: [
        { filename: 'a.mp4', content_type: 'video/mp4', size_bytes: 209_715_200, tags: ['x'] },
        { filename: 'b.mov', content_type: 'video/quicktime', size_bytes: 104_857_600 },
      ],
      ...{ auto_process: false, processing_priority: 'high' },
    },
    operation: contract.initiateBatch,
    input: {
      videos: [
        { filename: 'a.mp4', contentType: 'video/mp4', sizeBytes: 209_715_200, tags: ['x'], custom: {} },
        { filename: 'b.mov', contentType: 'video/quicktime', sizeBytes: 104_857_600, tags: [], custom: {} },
      ],
      ...{ autoProcess: false, processingPriority: 'high' },
    },
    output: {
      ...{ batchId: JOB, plans: [plan, plan], totalSizeBytes: 314_572_800, estimatedSeconds: 30 },
      processingPriority: 'high',
    },
    status: 201,
    answer: (url) => ({
      ...{ batch_id: JOB, videos: [wirePlan(url), wirePlan(url)], total_videos: 2, total_size_bytes: 314_572_800 },
      ...{ estimated_time_seconds: 30, processing_priority: 'high' },
    }),
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
      ...{ mediaId: MEDIA, uploadId: 'u1', analysisProvider: 'google', analysisType: 'full_vlm', analysisModel: null },
      keepTruncated: false,
    },
    output: {
      ...{ mediaId: MEDIA, processingStatus: 'queued', metadata, videoUrl: `/api/v2/videos/${MEDIA}/file?signature=s` },
      ...{ thumbnailUrl: `/api/v2/videos/${MEDIA}/poster`, analysisJobId: JOB, deduplicated: false, createdAt: NOW },
    },
    status: 200,
    answer: (url) => ({
      ...{ media_id: MEDIA, status: 'completed', processing_status: 'queued', metadata: wireMetadata },
      video_url: `${url}/api/v2/videos/${MEDIA}/file?signature=s`,
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
    output: resumed,
    status: 200,
    answer: wireResumed,
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
          ...{
            startFrame: 0,
            endFrame: 25,
            visibleText: null,
            confidenceScore: 0.92,
            transition: 'start',
            createdAt: NOW,
          },
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
    output: { job: { ...job, startedAt: null }, queuePosition: 2, estimatedStartTime: NOW, alreadyQueued: false },
    status: 202,
    answer: () => ({
      ...{ analysis_job_id: JOB, media_id: MEDIA, queue_position: 2, estimated_start_time: NOW },
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
    body: {
      ...{ name: ' Edit ', user_name: 'Mara', scopes: ['read'], expires_at: '2999-01-01T02:00:00+02:00' },
      ...{ description: ' By the window ', metadata: { room: { floor: 2 } } },
    },
    operation: contract.createApiKey,
    input: {
      ...{ name: 'Edit', userName: 'Mara', scopes: ['read'], expiresAt: '2999-01-01T00:00:00.000Z' },
      ...{ description: 'By the window', metadata: { room: { floor: 2 } } },
    },
    output: { apiKey: 'aion_secret', key },
    status: 201,
    answer: () => ({ ...wireKey, api_key: 'aion_secret' }),
  },
  {
    request: 'GET /api-keys',
    operation: contract.listApiKeys,
    input: { includeInactive: false, offset: 0 },
    output: { keys: [key, { ...key, expiresAt: NOW }], total: 2 },
    status: 200,
    answer: () => ({ api_keys: [wireKey, { ...wireKey, expires_at: NOW }], total: 2 }),
  },
  {
    request: 'GET /api-keys?include_inactive=true&limit=1&offset=1',
    operation: contract.listApiKeys,
    input: { includeInactive: true, limit: 1, offset: 1 },
    output: { keys: [{ ...key, isActive: false }], total: 2 },
    status: 200,
    answer: () => ({ api_keys: [{ ...wireKey, is_active: false }], total: 2 }),
  },
  {
    request: `GET /api-keys/${JOB}`,
    operation: contract.getApiKey,
    input: { keyId: JOB },
    output: key,
    status: 200,
    answer: () => wireKey,
  },
  {
    request: `PUT /api-keys/${JOB}`,
    body: { name: ' Old ', description: null, metadata: {}, is_active: false },
    operation: contract.updateApiKey,
    input: { keyId: JOB, name: 'Old', description: null, metadata: {}, isActive: false },
    output: { ...key, isActive: false, updatedAt: NOW },
    status: 200,
    answer: () => ({ ...wireKey, is_active: false, updated_at: NOW }),
  },
  {
    request: `DELETE /api-keys/${JOB}`,
    operation: contract.deleteApiKey,
    input: { keyId: JOB },
    output: { done: true },
    status: 204,
    answer: () => null,
  },
  {
    request: 'POST /links/revoke',
    body: { url: 'http://127.0.0.1:4000/api/v2/media/a.b' },
    operation: contract.revokeLink,
    input: { url: 'http://127.0.0.1:4000/api/v2/media/a.b' },
    output: { done: true },
    status: 200,
    answer: () => ({ revoked: true }),
  },
  {
    request: 'POST /secrets/rotate',
    operation: contract.rotateSecrets,
    input: {},
    output: { done: true },
    status: 200,
    answer: () => ({ rotated: true }),
  },
  {
    request: 'GET /audit-log?before=7&limit=2',
    operation: contract.listAudit,
    input: { before: 7, limit: 2 },
    output: { events: [auditEvent], hasMore: true },
    status: 200,
    answer: () => ({ events: [auditEvent], has_more: true }),
  },
]
