import { canonicalClass } from './classes.ts'
import type { Frame } from './frame.ts'
import type { StepStages } from './steps.ts'
import type { Target } from './target.ts'
import { createTracker, type Tracker, type TrackerState } from './tracker/index.ts'

/** Gives the targets of frame after frame their track ids. */
export class TargetTracking {
  readonly #tracker: Tracker

  /**
   * @param minimumConfidence the request's; null when it has none.
   * @param state what `state` gave before a crash; null to begin.
   */
  constructor(minimumConfidence: StepStages['minimumConfidence'], state: TrackerState | null) {
    this.#tracker = createTracker({ minimumConfidence: minimumConfidence ?? undefined }, state ?? undefined)
  }

  /** Replaces a frame's targets by those that belong to tracks, in the order of their ids. */
  async track(frame: Frame, seconds: number): Promise<void> {
    const targets = [...frame.targets, ...frame.weakTargets]
    const detections = targets.map(({ box, className, confidence }) => ({
      ...{ box, confidence },
      className: canonicalClass(className),
    }))
    const ids = await this.#tracker.track(seconds, detections, (positions) =>
      frame.embed(positions.flatMap((at) => targets[at]?.box ?? [])),
    )
    const tracked = targets.flatMap((target, at): Target[] => {
      const trackId = ids[at] ?? null
      return trackId === null ? [] : [{ ...target, trackId }]
    })
    frame.targets = tracked.sort((a, b) => (a.trackId ?? 0) - (b.trackId ?? 0))
  }

  state(): TrackerState {
    return this.#tracker.snapshot()
  }
}
