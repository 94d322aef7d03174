import { ownNameOf } from './classes.ts'
import type { Frame } from './frame.ts'
import type { Stages } from './steps.ts'
import type { Target } from './target.ts'
import { createTracker, restoreTracker } from './tracker/index.ts'
import type { Tracker } from './tracking.ts'

/** Gives the targets of frame after frame the numbers of the things they show. */
export class Following {
  readonly #tracker: Tracker

  /**
   * @param minimumConfidence what the request calls the least worth telling; null when it says nothing.
   * @param state what `state` gave in an earlier life; null to begin.
   */
  constructor(minimumConfidence: Stages['minimumConfidence'], state: unknown) {
    const options = { minimumConfidence: minimumConfidence ?? undefined }
    this.#tracker = state === null ? createTracker(options) : restoreTracker(state, options)
  }

  /** Leaves in a frame what is believed, each with its number, in their order. */
  async follow(frame: Frame, seconds: number): Promise<void> {
    const seen = [...frame.targets, ...frame.faint]
    const sightings = seen.map(({ box, className, confidence }) => ({
      ...{ box, confidence },
      className: ownNameOf(className),
    }))
    const numbers = await this.#tracker.follow(seconds, sightings, (which) =>
      frame.look(which.flatMap((at) => seen[at]?.box ?? [])),
    )
    const followed = seen.flatMap((target, at): Target[] => {
      const trackId = numbers[at] ?? null
      return trackId === null ? [] : [{ ...target, trackId }]
    })
    frame.targets = followed.sort((a, b) => (a.trackId ?? 0) - (b.trackId ?? 0))
  }

  state(): unknown {
    return this.#tracker.snapshot()
  }
}
