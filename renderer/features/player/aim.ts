import { type FrameClock, insideFrame } from './frames.ts'

/** Tries before the frame that came is taken for the best there is. */
const MOST_TRIES = 12

/**
 * Brings one frame on screen. Chromium takes frames to last as long as their packets say, which for uneven video is
 * often wrong, and then shows a neighbour of the frame at a time; the next try goes to the other side of it.
 */
export class Aim {
  readonly #clock: FrameClock
  readonly frame: number
  /** Where to seek to, seconds. */
  goal: number
  /** Instants that showed an earlier and a later frame. */
  #tooEarly: number | null = null
  #tooLate: number | null = null
  #tries = 1

  constructor(clock: FrameClock, frame: number) {
    this.#clock = clock
    this.frame = frame
    this.goal = insideFrame(clock, frame)
  }

  /** Takes note of the frame that came. @returns whether there is a new goal to seek to. */
  missed(shown: number): boolean {
    if (shown === this.frame || this.#tries >= MOST_TRIES) return false
    this.#tries += 1
    const length = Math.max(0.001, this.#clock.endOf(this.frame) - this.#clock.timeOf(this.frame))
    if (shown < this.frame) {
      this.#tooEarly = this.goal
      this.goal = this.#tooLate === null ? this.goal + length : (this.goal + this.#tooLate) / 2
    } else {
      this.#tooLate = this.goal
      const earlier = this.#tooEarly ?? Math.min(this.#clock.timeOf(this.frame), this.goal - length)
      this.goal = Math.max(0, (this.goal + earlier) / 2)
    }
    return true
  }
}
