import type { Sighting } from '../tracking.ts'
import type { Appearance } from './appearance.ts'
import { kindOf } from './kinds.ts'
import { correct, type Motion, predict, startMotion } from './motion.ts'
import type { TrackerSettings } from './settings.ts'

/** Something that is followed. Plain data: stored as JSON, and replaced rather than changed. */
export interface Track {
  /** Its number, once it was told of. */
  readonly id: number | null
  readonly kind: string
  /** As it was when last seen. */
  readonly motion: Motion
  readonly seenAt: number
  readonly appearance: Appearance | null
  readonly lookedAt: number
}

export function startTrack(seconds: number, { box, className }: Sighting, habits: TrackerSettings['habits']): Track {
  return {
    id: null,
    kind: kindOf(className),
    motion: startMotion(box, habits),
    seenAt: seconds,
    appearance: null,
    lookedAt: seconds,
  }
}

export function continueTrack(
  track: Track,
  seconds: number,
  { box }: Sighting,
  habits: TrackerSettings['habits'],
): Track {
  const motion = correct(predict(track.motion, seconds - track.seenAt, habits), box, habits)
  return { ...track, motion, seenAt: seconds }
}
