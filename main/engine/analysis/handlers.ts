import { toInstantOrNull } from '../../base/clock.ts'
import {
  cancelJob,
  EngineError,
  getAnalysisJob,
  latestAnalysisJob,
  queueAnalysis,
  retryJob,
} from '../../contract/index.ts'
import type { Job, JobQueue } from '../jobs/index.ts'
import type { Videos } from '../library/index.ts'
import type { Operations } from '../operations.ts'
import { toAnalysisJob } from './analysis-job.ts'

/** Answers the operations of contract/job.ts. */
export function implementAnalysis(operations: Operations, { jobs, videos }: { jobs: JobQueue; videos: Videos }): void {
  operations
    .implement(getAnalysisJob, ({ jobId }) => toAnalysisJob(analysisOf(jobs, jobId)))
    .implement(latestAnalysisJob, ({ mediaId }) => {
      videos.row(mediaId)
      const job = jobs.latest(mediaId, 'analysis')
      if (!job) throw new EngineError('not_found', 'This video was never analysed.')
      return toAnalysisJob(job)
    })
    .implement(queueAnalysis, ({ mediaId, analysisType, priority }) => {
      videos.row(mediaId)
      // "if a job for the video is already pending/processing that job is returned".
      const latest = jobs.latest(mediaId, 'analysis')
      const alreadyQueued = latest?.status === 'pending' || latest?.status === 'processing'
      const job = alreadyQueued ? latest : jobs.enqueue('analysis', mediaId, { analysisType }, priority)
      return {
        job: toAnalysisJob(job),
        queuePosition: jobs.queuePosition(job.id),
        estimatedStartTime: toInstantOrNull(jobs.estimateStart(job.id)),
        alreadyQueued,
      }
    })
    .implement(retryJob, ({ jobId, mediaId }) => {
      const job = jobs.get(jobId)
      if (mediaId !== undefined && job.mediaId !== mediaId) throw new EngineError('not_found', 'There is no such job.')
      return toAnalysisJob(jobs.retry(jobId))
    })
    .implement(cancelJob, async ({ jobId }) => toAnalysisJob(await jobs.cancel(jobId)))
}

function analysisOf(jobs: JobQueue, jobId: string): Job {
  const job = jobs.get(jobId)
  if (job.kind !== 'analysis') throw new EngineError('not_found', 'There is no such job.')
  return job
}
