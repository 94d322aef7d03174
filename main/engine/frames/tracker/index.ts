import type { Tracker } from '../tracking.ts'

/** PLACEHOLDER of the branch until the tracker is merged: every sighting is a new thing. */
export function createTracker(): Tracker {
  return restoreTracker(0)
}

export function restoreTracker(snapshot: unknown): Tracker {
  let next = Number(snapshot)
  return {
    follow: async (_seconds, sightings) => sightings.map(() => (next += 1)),
    snapshot: () => next,
  }
}
