import type { Sighting } from '../tracking.ts'
import type { Appearance } from './appearance.ts'
import { kindOf } from '../../models/index.ts'
import { correct, type Habits, type Motion, predict, startMotion } from './motion.ts'

/** Something that is followed. Plain data: stored as JSON, and replaced rather than changed. */
export interface Track {
  /** Its number, once it was told of. */
  readonly id: number | null
  /** What it was last taken for. */
  readonly kind: string
  /** As it was when last seen. */
  readonly motion: Motion
  readonly seenAt: number
  /** When it was last seen for sure. */
  readonly sureAt: number
  readonly appearance: Appearance | null
  readonly lookedAt: number
}

export function startTrack(seconds: number, { box, className }: Sighting, habits: Habits): Track {
  return {
    id: null,
    kind: kindOf(className),
    motion: startMotion(box, habits),
    seenAt: seconds,
    sureAt: seconds,
    appearance: null,
    lookedAt: seconds,
  }
}

export function continueTrack(
  track: Track,
  seconds: number,
  { box, className }: Sighting,
  { isSure, habits }: { isSure: boolean; habits: Habits },
): Track {
  const motion = correct(predict(track.motion, seconds - track.seenAt, habits), box, habits)
  return { ...track, kind: kindOf(className), motion, seenAt: seconds, sureAt: isSure ? seconds : track.sureAt }
}
