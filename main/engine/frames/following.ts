import { ownNameOf } from './classes.ts'
import type { Frame } from './frame.ts'
import type { Target } from './target.ts'
import { createTracker, restoreTracker } from './tracker/index.ts'
import type { Tracker } from './tracking.ts'

/** What a `Following` goes on from, as JSON. */
export interface FollowingState {
  readonly tracker: unknown
  readonly told: readonly number[]
}

/** Gives the targets of frame after frame the numbers of the things they show. */
export class Following {
  readonly #tracker: Tracker
  /** The tracker's numbers in the order in which they were first told: "1,2,3… without gaps". */
  readonly #told: number[]

  constructor(state: FollowingState | null) {
    this.#tracker = state ? restoreTracker(state.tracker) : createTracker()
    this.#told = [...(state?.told ?? [])]
  }

  /** What of a frame is believed, each with its number, in their order. */
  async follow(frame: Frame, seconds: number): Promise<void> {
    const seen = [...frame.targets, ...frame.faint]
    const sightings = seen.map(({ box, className, confidence }) => ({
      box,
      className: ownNameOf(className),
      confidence,
    }))
    const numbers = await this.#tracker.follow(seconds, sightings, (which) =>
      frame.look(which.flatMap((at) => seen[at]?.box ?? [])),
    )
    const followed = seen.flatMap((target, at): Target[] => {
      const number = numbers[at] ?? null
      return number === null || target.isSilent ? [] : [{ ...target, trackId: this.#tell(number) }]
    })
    frame.targets = followed.sort((a, b) => (a.trackId ?? 0) - (b.trackId ?? 0))
  }

  state(): FollowingState {
    return { tracker: this.#tracker.snapshot(), told: [...this.#told] }
  }

  #tell(number: number): number {
    const known = this.#told.indexOf(number)
    return known < 0 ? this.#told.push(number) : known + 1
  }
}
