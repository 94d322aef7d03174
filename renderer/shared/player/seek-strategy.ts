import { type FrameClock, insideFrame } from './frames.ts'

/** Seeks before it is assumed that no seek reaches the frame. */
const MOST_SEEKS = 10
/** Instants this close, one of which showed an earlier frame and one a later, are taken to have none between, seconds. */
const CLOSEST = 0.002
/** Times to play up to a frame, and places to start from, before the frame that came is the best there is. */
const MOST_PLAYS = 2
const MOST_STARTS = 5
/** How long a frame has to stay, seconds, to be caught in playing; and longer, where it was not. */
const STAYS = 0.3
const STAYS_LONGER = 0.8
/** How long before the frame playing starts at best, seconds: room to get going. */
const LEAD = 0.004
/** Chromium's slowest rate. */
const SLOWEST = 1 / 16

/**
 * What to do next to bring one frame on screen. Chromium takes frames to last as long as their packets say. For
 * video of variable frame rate that is often wrong, and it shows a neighbour of the frame; the next try seeks to the other side of it. A frame whose packet claims to end before the packet of an earlier frame does cannot be reached by seeking; playing
 * reaches it.
 */
export class SeekStrategy {
  readonly #clock: FrameClock
  readonly frame: number
  /** Where to seek to, seconds. */
  goal: number
  /** Instants that showed an earlier and a later frame. */
  #tooEarly: number | null = null
  #tooLate: number | null = null
  #seeks = 1
  #plays = 0
  #starts = 0

  constructor(clock: FrameClock, frame: number) {
    this.#clock = clock
    this.frame = frame
    this.goal = insideFrame(clock, frame)
  }

  /**
   * Learns from the frame that came.
   * @param limit the latest instant that can be sought, seconds
   * @returns what to do now: seek to the goal, play up to the frame, or null to take what came.
   */
  missed(shown: number, limit: number): 'seek' | 'play' | null {
    if (this.#starts === 0) {
      if (shown < this.frame) this.#tooEarly = Math.min(this.goal, limit)
      else this.#tooLate = this.goal
      const next = this.#seeks < MOST_SEEKS ? this.#between(limit) : null
      if (next !== null) {
        this.#seeks += 1
        this.goal = next
        return 'seek'
      }
    }
    return this.#approach(shown, limit)
  }

  /** The frame came. Should another one come after it, all is tried anew. */
  hit(): void {
    this.#tooEarly = null
    this.#tooLate = null
    this.#seeks = 1
    this.#plays = 0
    this.#starts = 0
  }

  /** How fast to play up to the frame. */
  get playRate(): number {
    return Math.max(SLOWEST, Math.min(1, this.#length / (this.#plays > 1 ? STAYS_LONGER : STAYS)))
  }

  get #length(): number {
    return Math.max(0.001, this.#clock.endOf(this.frame) - this.#clock.timeOf(this.frame))
  }

  /** The next instant to try; null when there is none left. */
  #between(limit: number): number | null {
    const [early, late] = [this.#tooEarly, this.#tooLate]
    if (early !== null && late !== null) return late - early > CLOSEST ? (early + late) / 2 : null
    if (early !== null) return early < limit ? Math.min(limit, early + this.#length) : null
    if (late === null || late <= 0) return null
    return Math.max(0, (late + Math.min(this.#clock.timeOf(this.frame), late - this.#length)) / 2)
  }

  /** Just before the frame, where that shows an earlier one. */
  get #nearStart(): number {
    return Math.min(this.#tooEarly ?? Infinity, this.#clock.timeOf(this.frame) - LEAD)
  }

  /** Playing has to start before the frame does, and not at the end: from there it starts over. */
  #approach(shown: number, limit: number): 'seek' | 'play' | null {
    if (this.#plays >= MOST_PLAYS) return null
    if (shown < this.frame && this.goal < limit && this.goal <= this.#nearStart) {
      this.#plays += 1
      this.#starts = 1
      return 'play'
    }
    this.#starts += 1
    if (this.#starts > MOST_STARTS || this.frame === 0) return null
    const start = this.#starts <= MOST_PLAYS ? this.#nearStart : insideFrame(this.#clock, this.frame - this.#starts)
    this.goal = Math.max(0, start)
    return 'seek'
  }
}
