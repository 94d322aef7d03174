import { toInstantOrNull } from '../../base/clock.ts'
import {
  cancelJob,
  EngineError,
  getAnalysisJob,
  latestAnalysisJob,
  queueAnalysis,
  retryJob,
} from '../../contract/index.ts'
import { isOpen, type Job, type JobQueue } from '../jobs/index.ts'
import type { Videos } from '../library/index.ts'
import type { Operations } from '../operations.ts'
import { analysisJob } from '../scenes/index.ts'
import { toAnalysisJob } from './analysis-job.ts'

/** Answers the operations of contract/analysis. */
export function implementAnalysis(operations: Operations, { jobs, videos }: { jobs: JobQueue; videos: Videos }): void {
  operations
    .implement(getAnalysisJob, ({ jobId }) => toAnalysisJob(analysisOf(jobs, jobId)))
    .implement(latestAnalysisJob, ({ mediaId }) => {
      videos.row(mediaId)
      const job = jobs.latest(mediaId, analysisJob)
      if (!job) throw new EngineError('not_found', 'This video was never analysed.')
      return toAnalysisJob(job)
    })
    .implement(queueAnalysis, ({ mediaId, analysisType, priority }) => {
      videos.row(mediaId)
      // AN-33
      const latest = jobs.latest(mediaId, analysisJob)
      const alreadyQueued = latest !== null && isOpen(latest)
      const job = alreadyQueued ? latest : jobs.enqueue(analysisJob, mediaId, { analysisType }, priority)
      return {
        job: toAnalysisJob(job),
        queuePosition: jobs.queuePosition(job.id),
        estimatedStartTime: toInstantOrNull(jobs.estimateStart(job.id)),
        alreadyQueued,
      }
    })
    .implement(retryJob, ({ jobId, mediaId }) => {
      const job = jobs.get(jobId)
      if (mediaId !== undefined && job.subjectId !== mediaId)
        throw new EngineError('not_found', 'There is no such job.')
      return toAnalysisJob(jobs.retry(jobId))
    })
    .implement(cancelJob, async ({ jobId }) => toAnalysisJob(await jobs.cancel(jobId)))
}

function analysisOf(jobs: JobQueue, jobId: string): Job {
  const job = jobs.get(jobId)
  if (job.kind !== analysisJob.kind) throw new EngineError('not_found', 'There is no such job.')
  return job
}
