import type { JobStatus, VideoActivity } from '../../contract/index.ts'
import type { Job, JobQueue } from '../jobs/index.ts'
import type { VideoRow } from './media-rows.ts'

type Kind = 'analysis' | 'preview' | 'pictures'

/** Not shown. */
const OVER: ReadonlySet<JobStatus> = new Set(['completed', 'cancelled'])

/** What runs, waits or failed for a video, as windows show it. */
export function activitiesOf(jobs: JobQueue, row: VideoRow): VideoActivity[] {
  return (['analysis', 'preview'] as const).flatMap((kind) => {
    // A preview copy is of interest only where there is none and one is needed.
    if (kind === 'preview' && (row.playable === 1 || row.preview !== null)) return []
    return toActivity(kind, jobs.latest(row.id, kind)) ?? []
  })
}

/** The latest jobs of a video that ended so. Pictures are made again as they are asked for: they are no loss when cancelled. */
export function jobsToRedo(jobs: JobQueue, videoId: string, ended: 'cancelled' | 'failed') {
  const kinds: readonly Kind[] = ended === 'failed' ? ['analysis', 'preview', 'pictures'] : ['analysis', 'preview']
  return kinds.flatMap((kind) => {
    const job = jobs.latest(videoId, kind)
    return job?.status === ended ? [{ kind, request: job.request }] : []
  })
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
