import type { JobStatus, VideoActivity } from '../../contract/index.ts'
import type { Job, JobDefinition, JobQueue } from '../jobs/index.ts'
import { analysisJob } from '../scenes/index.ts'
import { previewJob } from './preview-job.ts'
import type { VideoRow } from './media-rows.ts'

/** Not shown. */
const OVER: ReadonlySet<JobStatus> = new Set(['completed', 'cancelled'])

/** What runs, waits or failed for a video, as windows show it. */
export function activitiesOf(jobs: JobQueue, row: VideoRow): VideoActivity[] {
  return (['analysis', 'preview'] as const).flatMap((kind) => {
    // A preview copy is of interest only where there is none and one is needed.
    if (kind === 'preview' && (row.playable === 1 || row.preview !== null)) return []
    return toActivity(kind, jobs.latest(row.id, kind === 'analysis' ? analysisJob : previewJob)) ?? []
  })
}

/** Queues again the latest jobs of these kinds that ended so. */
export function queueAgain(jobs: JobQueue, videoId: string, ended: JobStatus, kinds: readonly JobDefinition[]): void {
  for (const kind of kinds) {
    const job = jobs.latest(videoId, kind)
    if (job?.status === ended) jobs.enqueueAgain(job)
  }
}

function toActivity(kind: 'analysis' | 'preview', job: Job | null): VideoActivity | null {
  if (!job || OVER.has(job.status)) return null
  return {
    kind,
    jobId: job.id,
    status: job.status,
    progressPercent: job.progress,
    step: job.step,
    secondsLeft: job.secondsLeft,
    errorMessage: job.errorMessage,
  }
}
