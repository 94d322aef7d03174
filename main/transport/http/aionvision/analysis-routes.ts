import { z } from 'zod'
import {
  AnalysisType,
  getAnalysisJob,
  Instant,
  JobStatus,
  latestAnalysisJob,
  queueAnalysis,
  retryJob,
  type AnalysisJob,
} from '../../../contract/index.ts'
import { route, type Route } from '../route.ts'
import { MediaId } from './upload-wire.ts'

const JobBody = z
  .object({
    analysis_job_id: z.uuid(),
    media_id: z.uuid(),
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
  .meta({ id: 'AnalysisJob' })

const QueueBody = MediaId.extend({
  analysis_type: AnalysisType.default('full_vlm'),
  priority: z.enum(['low', 'normal', 'high']).default('normal'),
}).meta({ examples: [{ media_id: '550e8400-e29b-41d4-a716-446655440000', analysis_type: 'full_vlm' }] })

const QueuedBody = z.object({
  analysis_job_id: z.uuid(),
  media_id: z.uuid(),
  queue_position: z.int(),
  estimated_start_time: Instant.nullable(),
  message: z.string(),
})

const RetriedBody = z.object({
  analysis_job_id: z.uuid(),
  media_id: z.uuid(),
  status: JobStatus,
  retry_count: z.int(),
  max_retries: z.int(),
  message: z.string(),
})

const JobId = z.object({ analysis_job_id: z.uuid() })

export const analysisRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/video-analysis/jobs/:analysis_job_id',
    operation: getAnalysisJob,
    request: { params: JobId },
    response: JobBody,
    toInput: ({ params }) => ({ jobId: params.analysis_job_id }),
    toWire: jobToWire,
  }),
  route({
    method: 'GET',
    path: '/video-analysis/status/:media_id',
    operation: latestAnalysisJob,
    request: { params: MediaId },
    response: JobBody,
    toInput: ({ params }) => ({ mediaId: params.media_id }),
    toWire: jobToWire,
  }),
  route({
    method: 'POST',
    path: '/video-analysis/queue',
    operation: queueAnalysis,
    request: { body: QueueBody },
    status: 202,
    response: QueuedBody,
    toInput: ({ body }) => ({ mediaId: body.media_id, analysisType: body.analysis_type, priority: body.priority }),
    toWire: ({ job, queuePosition, alreadyQueued }) => ({
      analysis_job_id: job.jobId,
      media_id: job.mediaId,
      queue_position: queuePosition,
      estimated_start_time: job.startedAt,
      message: alreadyQueued ? 'This video already has an unfinished analysis.' : 'Analysis queued.',
    }),
  }),
  route({
    method: 'POST',
    path: '/video-analysis/jobs/:analysis_job_id/retry',
    operation: retryJob,
    request: { params: JobId, body: MediaId.extend({ reason: z.string().max(500).nullish() }) },
    status: 202,
    response: RetriedBody,
    toInput: ({ params, body }) => ({ jobId: params.analysis_job_id, mediaId: body.media_id }),
    toWire: ({ jobId, mediaId, status, retryCount, maxRetries }) => ({
      analysis_job_id: jobId,
      media_id: mediaId,
      status,
      retry_count: retryCount,
      max_retries: maxRetries,
      message: `Analysis queued again: attempt ${retryCount}/${maxRetries}.`,
    }),
  }),
]

function jobToWire(job: AnalysisJob): z.input<typeof JobBody> {
  return {
    analysis_job_id: job.jobId,
    media_id: job.mediaId,
    status: job.status,
    progress_percent: job.progressPercent,
    current_step: job.currentStep,
    started_at: job.startedAt,
    completed_at: job.completedAt,
    error_message: job.errorMessage,
    error_code: job.errorCode,
    retry_count: job.retryCount,
    max_retries: job.maxRetries,
    estimated_completion_time: job.estimatedCompletionTime,
    analysis_provider_used: job.providerUsed,
  }
}
