import { SETTINGS, type TrackerSettings } from './settings.ts'
import { EMPTY_STATE, type TrackerState } from './state.ts'
import { ByteTracker, type Tracker } from './tracker.ts'

export { TrackerState } from './state.ts'
export type { Tracker } from './tracker.ts'

export interface TrackerOptions {
  /**
   * The `min_confidence` of a request: every detection from there on gets an id at once, and none below it does. When it
   * is left out, detections from .45 on get one at once, and weaker ones where they continue a track.
   */
  readonly minimumConfidence?: number | undefined
  /** Other settings, for experiments. */
  readonly settings?: Partial<TrackerSettings>
}

/** Ask the detector for detections down to this confidence: weak ones continue tracks that would be lost. */
export const WEAKEST_CONFIDENCE = SETTINGS.weakest

/** @param state continues from what `Tracker.snapshot` gave; give the same options as then. */
export function createTracker(options: TrackerOptions = {}, state: TrackerState = EMPTY_STATE): Tracker {
  return new ByteTracker(settingsOf(options), state)
}

function settingsOf({ minimumConfidence: least, settings }: TrackerOptions): TrackerSettings {
  const given = least === undefined ? {} : { strong: least, least, weakest: Math.min(least, SETTINGS.weakest) }
  return { ...SETTINGS, ...given, ...settings }
}
