import { ownNameOf } from './classes.ts'
import type { Frame } from './frame.ts'
import type { Stages } from './steps.ts'
import type { Target } from './target.ts'
import { createTracker, restoreTracker } from './tracker/index.ts'
import type { Tracker } from './tracking.ts'

/** As sure as a thing has to be for a new number, where the request does not ask for less. */
const SURE = 0.45

/** Gives the targets of frame after frame the numbers of the things they show. */
export class Following {
  readonly #tracker: Tracker

  /** @param state what `state` gave in an earlier life; null to begin. */
  constructor({ sure, least }: Stages['sureness'], state: unknown) {
    // "What was asked for by number is never undercut": a fainter sight then helps, and is not told.
    const settings = { sure: Math.min(SURE, sure), least }
    this.#tracker = state === null ? createTracker(settings) : restoreTracker(state, settings)
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
