import { type Import, PART_BYTES, type Video, type VideoActivity } from '../../../main/contract/index.ts'
import { count, rate, size, sizeOf } from '../../shared/format/size.ts'
import { timeLeft } from '../../shared/format/time.ts'

/** Where a file is on its way from a disk to its scenes. */
export type Stage =
  | 'waiting'
  | 'blocked'
  | 'paused'
  | 'uploading'
  | 'checking'
  | 'failed'
  | 'cancelled'
  | 'here'
  | 'copied'
  | 'gone'
  | 'working'
  | 'stuck'
  | 'ready'

export interface ImportState {
  readonly stage: Stage
  /** What happens, in words. */
  readonly text: string
  /** The same in numbers: rate, time left, what was found. */
  readonly note: string
  /** Of work that is not counted in parts, 0 to 100; null where there is none. */
  readonly percent: number | null
  /** The job to run again when it is stuck. */
  readonly jobId: string | null
}

const NO_DETAILS = { note: '', percent: null, jobId: null } as const

/**
 * What to show of an import.
 * @param video the video it became; undefined while that is not known, null when it is not in the library any more.
 * @param place how many imports are taken before it; null when it does not stand in line.
 */
export function importState(one: Import, video: Video | null | undefined, place: number | null = null): ImportState {
  switch (one.status) {
    case 'waiting':
      if (one.waitingFor !== null) return { ...NO_DETAILS, ...blocked(one) }
      return {
        ...NO_DETAILS,
        stage: 'waiting',
        text: kept('Waiting', one),
        note: place === null ? '' : placeText(place),
      }
    case 'paused':
      return { ...NO_DETAILS, stage: 'paused', text: kept('Paused', one) }
    case 'uploading':
      return { ...NO_DETAILS, stage: 'uploading', text: `Uploading, ${percentOf(one)}%`, note: speed(one) }
    case 'checking':
      return { ...NO_DETAILS, ...checking(one) }
    case 'failed':
      return { ...NO_DETAILS, stage: 'failed', text: one.errorMessage ?? 'The import failed.' }
    case 'cancelled':
      return { ...NO_DETAILS, stage: 'cancelled', text: 'Cancelled' }
    case 'completed':
      return one.duplicateOf ? { ...NO_DETAILS, stage: 'here', text: 'Already here' } : videoState(video)
  }
}

/** The line below the name: sizes and parts, and what of them is kept. */
export function importFacts(one: Import, stage: Stage): string {
  const parts = partsOf(one)
  switch (stage) {
    case 'waiting':
      return `${size(one.sizeBytes)}, ${count(parts, 'part')}`
    case 'uploading':
      return `${sizeOf(one.bytesStored, one.sizeBytes)}, part ${Math.min(parts, one.partsStored + 1)} of ${parts}`
    case 'blocked':
    case 'failed':
    case 'paused':
      if (one.bytesStored === 0) return size(one.sizeBytes)
      return `${sizeOf(one.bytesStored, one.sizeBytes)} kept, ${one.partsStored} of ${count(parts, 'part')}`
    case 'here':
      return `${size(one.sizeBytes)}, not copied again`
    default:
      return size(one.sizeBytes)
  }
}

/** Parts of a file, also before they are planned. */
export function partsOf({ totalParts, sizeBytes }: Import): number {
  return totalParts || Math.ceil(sizeBytes / PART_BYTES)
}

function videoState(video: Video | null | undefined): ImportState {
  if (video === null) return { ...NO_DETAILS, stage: 'gone', text: 'No longer in the library' }
  if (!video) return { ...NO_DETAILS, stage: 'copied', text: 'Copied' }
  const [activity] = video.activities
  if (activity) return activityState(activity)
  return { ...NO_DETAILS, stage: 'ready', text: 'Ready', note: count(video.sceneCount, 'scene') }
}

function activityState(activity: VideoActivity): ImportState {
  const { kind, jobId, status, step, secondsLeft, errorMessage } = activity
  const work = kind === 'preview' ? 'Making a preview' : (step ?? 'Finding scenes')
  if (status === 'failed') {
    const reason = errorMessage ?? 'The log has the details.'
    return {
      ...NO_DETAILS,
      stage: 'stuck',
      text: `${kind === 'preview' ? 'No preview' : 'No scenes'}: ${reason}`,
      jobId,
    }
  }
  if (status === 'pending')
    return { ...NO_DETAILS, stage: 'working', text: 'Copied, waiting for scene detection', percent: 0 }
  const percent = Math.floor(activity.progressPercent)
  return { ...NO_DETAILS, stage: 'working', text: `${work}, ${percent}%`, note: timeLeft(secondsLeft), percent }
}

function percentOf({ bytesStored, sizeBytes }: Import): number {
  return Math.floor((100 * bytesStored) / Math.max(1, sizeBytes))
}

function speed({ bytesPerSecond, secondsLeft }: Import): string {
  return [bytesPerSecond === null ? '' : rate(bytesPerSecond), timeLeft(secondsLeft)].filter(Boolean).join(', ')
}

function kept(word: string, one: Import): string {
  return one.bytesStored > 0 ? `${word}, ${percentOf(one)}% kept` : word
}

function placeText(place: number): string {
  return place === 0 ? 'Next' : `${place.toLocaleString('en-GB')} ahead`
}

/** What it says where the engine gives no words of its own. */
const WAIT_REASONS: Record<NonNullable<Import['waitingFor']>, string> = {
  source: 'The file is missing. The upload continues once it is back.',
  space: 'The library disk is full. The upload continues once there is space.',
  permission: 'Fieldreel has no access. The upload continues once it has.',
}

function blocked(one: Import): Pick<ImportState, 'stage' | 'text' | 'note'> {
  const text = one.waitingMessage ?? WAIT_REASONS[one.waitingFor ?? 'source']
  return { stage: 'blocked', text, note: one.bytesStored > 0 ? `${percentOf(one)}%` : '' }
}

/** Before a part is stored the check asks whether the library has these bytes; after the last one, whether all is whole. */
function checking(one: Import): Pick<ImportState, 'stage' | 'text' | 'note' | 'percent'> {
  const percent = Math.min(100, Math.floor((100 * (one.bytesChecked ?? 0)) / Math.max(1, one.sizeBytes)))
  const what = one.partsStored === 0 ? 'Checking for duplicates' : `Checking ${count(one.totalParts, 'part')}`
  const note = ['SHA-256', timeLeft(one.secondsLeft)].filter(Boolean).join(', ')
  return { stage: 'checking', text: `${what}, ${percent}%`, note, percent }
}
