import type { Boundary } from '../detector.ts'
import { changedShare, mismatch } from './mismatch.ts'
import type { MeasuredFrame } from './measured-frame.ts'
import type { TransitionDetector } from './transition-detector.ts'

/** Drift is slow: a frame is compared every so many seconds. */
const EVERY_SECONDS = 2
/** From here on a frame shows something else than the reference. */
const LEAST_MISMATCH = 0.6
const LEAST_CHANGED = 0.8
/** So many compared frames in a row must differ, so that a passer-by is not taken for drift. */
const SAMPLES_IN_A_ROW = 3

/**
 * Drift: a still scene slowly shows something else, without any transition: the light, the crowd, the direction of the
 * camera. Frames are compared with the reference, the frame of the last drift. A cut also counts as drift a little later:
 * a drift close to another boundary is ignored.
 */
export class DriftDetector implements TransitionDetector {
  #reference: MeasuredFrame | null = null
  #comparedAt = -Infinity
  /** Frames that differ from the reference, the latest last. */
  #others: MeasuredFrame[] = []

  process(picture: MeasuredFrame): Boundary[] {
    if (picture.time - this.#comparedAt < EVERY_SECONDS) return []
    this.#comparedAt = picture.time
    this.#reference ??= picture
    if (!this.#isOther(picture)) {
      this.#others = []
      return []
    }
    this.#others.push(picture)
    const [first] = this.#others
    if (!first || this.#others.length < SAMPLES_IN_A_ROW) return []
    this.#reference = picture
    this.#others = []
    return [{ frame: first.index, time: first.time, kind: 'drift', confidence: 0.5, lasting: 0 }]
  }

  finish(): Boundary[] {
    return []
  }

  #isOther(picture: MeasuredFrame): boolean {
    const reference = this.#reference
    if (!reference || mismatch(reference, picture) < LEAST_MISMATCH) return false
    return changedShare(reference, picture) >= LEAST_CHANGED
  }
}
