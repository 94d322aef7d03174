import { type Detection, kindOf } from '../../models/index.ts'
import type { CompactEmbedding } from './embedding.ts'
import { correct, type Motion, type MotionSettings, predict, startMotion } from './motion.ts'

/** One tracked thing. Plain data: stored as JSON, and replaced rather than changed. */
export interface Track {
  /** Null until a detection of it was reported. */
  readonly id: number | null
  /** Kind of its last detection. */
  readonly kind: string
  /** At its last detection. */
  readonly motion: Motion
  readonly seenAt: number
  /** When it was last detected strongly. */
  readonly strongAt: number
  readonly embedding: CompactEmbedding | null
  readonly embeddedAt: number
}

export function startTrack(seconds: number, { box, className }: Detection, settings: MotionSettings): Track {
  return {
    id: null,
    kind: kindOf(className),
    motion: startMotion(box, settings),
    seenAt: seconds,
    strongAt: seconds,
    embedding: null,
    embeddedAt: seconds,
  }
}

export function continueTrack(
  track: Track,
  seconds: number,
  { box, className }: Detection,
  { isStrong, settings }: { isStrong: boolean; settings: MotionSettings },
): Track {
  const motion = correct(predict(track.motion, seconds - track.seenAt, settings), box, settings)
  return { ...track, kind: kindOf(className), motion, seenAt: seconds, strongAt: isStrong ? seconds : track.strongAt }
}
