import type { Video, VideoActivity } from '../../../main/contract/index.ts'
import { count } from '../../shared/format/size.ts'
import { timeLeft } from '../../shared/format/time.ts'

/** Whether something runs or waits for this video. */
function works({ status }: VideoActivity): boolean {
  return status === 'pending' || status === 'processing'
}

function failed({ status }: VideoActivity): boolean {
  return status === 'failed'
}

/** What is said about a video that is not simply ready. */
export interface Status {
  readonly tone: 'running' | 'waiting' | 'failed'
  /** `Finding scenes 62%`, `Waiting`, `Analysis failed` */
  readonly label: string
  /** 0..100 while something runs or has begun. */
  readonly percent: number | null
  readonly activity: VideoActivity
}

/** The most important thing that goes on with a video, or null when all is quiet. */
export function statusOf({ activities }: Video): Status | null {
  const activity = activities.find((one) => works(one) || failed(one))
  if (!activity) return null
  const { kind, status, progressPercent } = activity
  if (status === 'failed') {
    return {
      tone: 'failed',
      label: kind === 'analysis' ? 'Analysis failed' : 'Preview failed',
      percent: null,
      activity,
    }
  }
  if (status === 'pending') return { tone: 'waiting', label: 'Waiting', percent: null, activity }
  const percent = Math.round(progressPercent)
  const doing = kind === 'analysis' ? 'Finding scenes' : 'Making preview'
  return { tone: 'running', label: `${doing} ${percent}%`, percent, activity }
}

/** The line below a title: `13 scenes`, `Making scene pictures, 28 s left`, or why something failed. */
export function factsOf(video: Video): string {
  const status = statusOf(video)
  if (!status) return video.sceneCount > 0 ? count(video.sceneCount, 'scene') : 'No scenes yet'
  const { activity, tone } = status
  if (tone === 'failed') return activity.errorMessage ?? 'It stopped for an unknown reason.'
  if (tone === 'waiting') return activity.kind === 'analysis' ? 'Scene detection is next' : 'A preview is next'
  return [activity.step ?? 'Starting', timeLeft(activity.secondsLeft)].filter(Boolean).join(', ')
}
