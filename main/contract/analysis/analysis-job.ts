import { z } from 'zod'
import { Id } from '../id.ts'
import { Instant, operation } from '../operation.ts'
import { AnalysisType, Priority } from '../uploads/upload.ts'
import { JobStatus } from '../library/video.ts'

export const AnalysisJob = z.object({
  jobId: Id,
  mediaId: Id,
  status: JobStatus,
  progressPercent: z.number().min(0).max(100),
  currentStep: z.string().nullable(),
  startedAt: Instant.nullable(),
  completedAt: Instant.nullable(),
  errorMessage: z.string().nullable(),
  errorCode: z.string().nullable(),
  retryCount: z.int().nonnegative(),
  maxRetries: z.int().nonnegative(),
  estimatedCompletionTime: Instant.nullable(),
  /** What really answered; the provider that was asked for is in the request. */
  providerUsed: z.string().nullable(),
})
export type AnalysisJob = z.infer<typeof AnalysisJob>

export const getAnalysisJob = operation('analysis.get', {
  summary: 'One analysis job.',
  scope: 'read',
  input: z.object({ jobId: Id }),
  output: AnalysisJob,
})

export const latestAnalysisJob = operation('analysis.latest', {
  summary: 'The newest analysis job of a video.',
  scope: 'read',
  input: z.object({ mediaId: Id }),
  output: AnalysisJob,
})

export const queueAnalysis = operation('analysis.queue', {
  summary: 'Analyse a video (again); an unfinished job of the same video is answered instead of a second one.',
  scope: 'write',
  input: z.object({
    mediaId: Id,
    analysisType: AnalysisType.default('full_vlm'),
    priority: Priority.default('normal'),
  }),
  output: z.object({
    job: AnalysisJob,
    /** Jobs that run before it. */
    queuePosition: z.int().nonnegative(),
    /** When its turn comes, by the seconds that the running jobs still need; null when at once or unknown. */
    estimatedStartTime: Instant.nullable(),
    alreadyQueued: z.boolean(),
  }),
})

export const retryJob = operation('jobs.retry', {
  summary: 'Run a failed or cancelled job again.',
  scope: 'write',
  input: z.object({ jobId: Id, mediaId: Id.optional() }),
  output: AnalysisJob,
})

export const cancelJob = operation('jobs.cancel', {
  summary: 'Stop a job that waits or runs.',
  scope: 'write',
  input: z.object({ jobId: Id }),
  output: AnalysisJob,
})
