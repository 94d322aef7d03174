import type { Boundary } from './detector.ts'

/** Six frames of a quick montage at 25 a second, and a little less. */
const LEAST_SECONDS = 0.2

/** Lets no scene be shorter than a minimum: of two boundaries that are too close, the surer one stays. */
export class MinimumSceneLength {
  #waiting: Boundary | null = null

  constructor(private readonly seconds = LEAST_SECONDS) {}

  /** Boundaries in order of time; one comes out when the next can no longer displace it. */
  process(boundary: Boundary): Boundary[] {
    const waiting = this.#waiting
    if (boundary.time < this.seconds) return []
    if (waiting && boundary.time - waiting.time < this.seconds) {
      if (boundary.confidence > waiting.confidence) this.#waiting = boundary
      return []
    }
    this.#waiting = boundary
    return waiting ? [waiting] : []
  }

  finish(): Boundary[] {
    const waiting = this.#waiting
    this.#waiting = null
    return waiting ? [waiting] : []
  }
}
