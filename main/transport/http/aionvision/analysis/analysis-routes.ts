import { z } from 'zod'
import {
  type AnalysisJob,
  AnalysisType,
  getAnalysisJob,
  Id,
  Instant,
  JobStatus,
  latestAnalysisJob,
  Priority,
  queueAnalysis,
  retryJob,
} from '../../../../contract/index.ts'
import { snakeKeys } from '../../fields.ts'
import { route, type Route } from '../../route.ts'
import { MediaId } from '../uploads/upload-requests.ts'

const MEDIA_ID = '550e8400-e29b-41d4-a716-446655440000'
const JOB = { analysis_job_id: '990c2800-c62f-45b8-8b5a-880099880444', media_id: MEDIA_ID }

const JobBody = z
  .object({
    analysis_job_id: Id,
    media_id: Id,
    status: JobStatus,
    progress_percent: z.number(),
    current_step: z.string().nullable(),
    started_at: Instant.nullable(),
    completed_at: Instant.nullable(),
    error_message: z.string().nullable(),
    error_code: z.string().nullable(),
    retry_count: z.int(),
    max_retries: z.int(),
    estimated_completion_time: Instant.nullable(),
    /** What really answered; null until something did. */
    analysis_provider_used: z.string().nullable(),
  })
  .meta({
    id: 'AnalysisJob',
    examples: [
      {
        ...{ ...JOB, status: 'processing', progress_percent: 42, current_step: 'Finding scenes' },
        ...{ started_at: '2025-01-15T10:31:00Z', completed_at: null, error_message: null, error_code: null },
        ...{ retry_count: 0, max_retries: 3, estimated_completion_time: '2025-01-15T10:33:00Z' },
        analysis_provider_used: 'local',
      },
    ],
  })

const QueueBody = MediaId.extend({
  analysis_type: AnalysisType.default('full_vlm'),
  priority: Priority.default('normal'),
}).meta({ examples: [{ media_id: MEDIA_ID, analysis_type: 'full_vlm', priority: 'normal' }] })

const RetryBody = MediaId.extend({ reason: z.string().max(500).nullish() }).meta({
  examples: [{ media_id: MEDIA_ID, reason: 'The drive was unplugged' }],
})

const QueuedBody = z
  .object({
    analysis_job_id: Id,
    media_id: Id,
    queue_position: z.int(),
    /** Null when it starts at once, or when that is unknown. */
    estimated_start_time: Instant.nullable(),
    message: z.string(),
  })
  .meta({
    examples: [
      { ...JOB, queue_position: 2, estimated_start_time: '2025-01-15T10:33:00Z', message: 'Analysis queued.' },
    ],
  })

const RetriedBody = z
  .object({
    analysis_job_id: Id,
    media_id: Id,
    status: JobStatus,
    retry_count: z.int(),
    max_retries: z.int(),
    message: z.string(),
  })
  .meta({
    examples: [
      {
        ...{ ...JOB, status: 'pending', retry_count: 1, max_retries: 3 },
        message: 'Analysis queued again: attempt 1/3.',
      },
    ],
  })

const JobId = z.object({ analysis_job_id: Id })

export const analysisRoutes: readonly Route[] = [
  route({
    method: 'GET',
    id: 'getAnalysisJob',
    path: '/video-analysis/jobs/:analysis_job_id',
    operation: getAnalysisJob,
    request: { params: JobId },
    response: JobBody,
    toInput: ({ params }) => ({ jobId: params.analysis_job_id }),
    toWire: jobToWire,
  }),
  route({
    method: 'GET',
    id: 'getAnalysisStatus',
    path: '/video-analysis/status/:media_id',
    operation: latestAnalysisJob,
    request: { params: MediaId },
    response: JobBody,
    toInput: ({ params }) => ({ mediaId: params.media_id }),
    toWire: jobToWire,
  }),
  route({
    method: 'POST',
    id: 'queueAnalysis',
    path: '/video-analysis/queue',
    operation: queueAnalysis,
    request: { body: QueueBody },
    status: 202,
    response: QueuedBody,
    failures: ['not_found'],
    toInput: ({ body }) => ({ mediaId: body.media_id, analysisType: body.analysis_type, priority: body.priority }),
    toWire: ({ job, alreadyQueued, ...queued }) => ({
      ...{ ...jobToWire(job), ...snakeKeys(queued) },
      message: alreadyQueued ? 'This video already has an unfinished analysis.' : 'Analysis queued.',
    }),
  }),
  route({
    method: 'POST',
    id: 'retryAnalysisJob',
    path: '/video-analysis/jobs/:analysis_job_id/retry',
    operation: retryJob,
    request: { params: JobId, body: RetryBody },
    status: 202,
    response: RetriedBody,
    failures: ['conflict', 'max_retries_exceeded'],
    toInput: ({ params, body }) => ({ jobId: params.analysis_job_id, mediaId: body.media_id }),
    toWire: (job) => ({
      ...jobToWire(job),
      message: `Analysis queued again: attempt ${job.retryCount}/${job.maxRetries}.`,
    }),
  }),
]

function jobToWire(job: AnalysisJob): z.input<typeof JobBody> {
  return { ...snakeKeys(job), analysis_job_id: job.jobId, analysis_provider_used: job.providerUsed }
}
