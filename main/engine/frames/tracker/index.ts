import type { Tracker } from '../tracking.ts'
import { SETTINGS, type TrackerSettings } from './settings.ts'
import { NOTHING_YET, TrackerState } from './snapshot.ts'
import { ByteTracker } from './tracker.ts'

export type { TrackerSettings }

/** @param settings what is to differ from the usual. */
export function createTracker(settings: Partial<TrackerSettings> = {}): Tracker {
  return new ByteTracker({ ...SETTINGS, ...settings }, NOTHING_YET)
}

/**
 * @param snapshot what `Tracker.snapshot` gave, JSON in between or not.
 * @param settings those of the tracker that gave it.
 * @throws ZodError when it is no such thing.
 */
export function restoreTracker(snapshot: unknown, settings: Partial<TrackerSettings> = {}): Tracker {
  return new ByteTracker({ ...SETTINGS, ...settings }, TrackerState.parse(snapshot))
}
