import type { Boundary } from '../detector.ts'
import { changedShare, mismatch } from './mismatch.ts'
import type { MeasuredFrame } from './measured-frame.ts'
import type { TransitionDetector } from './transition-detector.ts'

/** What drifts does so slowly: looking now and then is enough. */
const EVERY_SECONDS = 2
/** From here on a picture shows something else than the one it is compared with. */
const LEAST_MISMATCH = 0.6
const LEAST_CHANGED = 0.8
/** So many looks in a row, lest somebody who walks by is taken for it. */
const LOOKS = 3

/**
 * Drift: bit by bit, without any transition, a still scene has come to show something else: the light, the crowd, where
 * the camera points. Compares with the picture where it last began anew. A cut is a drift, too, a little later: one close
 * to another boundary means nothing.
 */
export class DriftDetector implements TransitionDetector {
  #reference: MeasuredFrame | null = null
  #looked = -Infinity
  /** Pictures that show something else than the reference, the latest last. */
  #others: MeasuredFrame[] = []

  process(picture: MeasuredFrame): Boundary[] {
    if (picture.time - this.#looked < EVERY_SECONDS) return []
    this.#looked = picture.time
    this.#reference ??= picture
    if (!this.#isOther(picture)) {
      this.#others = []
      return []
    }
    this.#others.push(picture)
    const [first] = this.#others
    if (!first || this.#others.length < LOOKS) return []
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
