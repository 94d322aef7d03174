import { toInstant, toInstantOrNull } from '../../base/clock.ts'
import type { AnalysisJob } from '../../contract/index.ts'
import type { Job } from '../jobs/index.ts'

/** A job of kind `analysis` as the contract shows it. */
export function toAnalysisJob(job: Job): AnalysisJob {
  const estimate = job.secondsLeft === null ? null : toInstant(Date.now() + job.secondsLeft * 1000)
  return {
    jobId: job.id,
    mediaId: job.subjectId,
    status: job.status,
    progressPercent: Math.round(job.progress),
    currentStep: job.step,
    startedAt: toInstantOrNull(job.startedAt),
    completedAt: toInstantOrNull(job.completedAt),
    errorMessage: job.errorMessage,
    errorCode: job.errorCode,
    retryCount: job.retryCount,
    maxRetries: job.maxRetries,
    estimatedCompletionTime: estimate,
    // Other providers are not built yet.
    providerUsed: 'local',
  }
}
