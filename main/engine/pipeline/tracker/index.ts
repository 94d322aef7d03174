import type { Tracker } from '../tracking.ts'
import { SETTINGS, type TrackerSettings } from './settings.ts'
import { NOTHING_YET, TrackerState } from './snapshot.ts'
import { ByteTracker } from './tracker.ts'

export interface TrackerOptions {
  /**
   * What a request calls the least confidence worth telling: from there on every sighting gets a number at once, and
   * none below it does. Left out, sightings of .45 get one at once and weaker ones where they continue a track.
   */
  readonly minimumConfidence?: number | undefined
  /** Numbers to try out. */
  readonly settings?: Partial<TrackerSettings>
}

/** Detectors should be asked for sightings of this confidence: weak ones keep tracks alive that would be lost. */
export const FAINTEST_CONFIDENCE = SETTINGS.faint

export function createTracker(options: TrackerOptions = {}): Tracker {
  return new ByteTracker(settingsOf(options), NOTHING_YET)
}

/**
 * @param snapshot what `Tracker.snapshot` gave, through JSON or not.
 * @param options those of the tracker that gave it.
 * @throws ZodError when it is no such thing.
 */
export function restoreTracker(snapshot: unknown, options: TrackerOptions = {}): Tracker {
  return new ByteTracker(settingsOf(options), TrackerState.parse(snapshot))
}

function settingsOf({ minimumConfidence: least, settings }: TrackerOptions): TrackerSettings {
  const asked = least === undefined ? {} : { sure: least, least, faint: Math.min(least, SETTINGS.faint) }
  return { ...SETTINGS, ...asked, ...settings }
}
