import type { Boundary, BoundaryKind } from '../detector.ts'
import { History } from './history.ts'
import { approximateDifference, type MeasuredFrame } from './measured-frame.ts'
import type { TransitionDetector } from './transition-detector.ts'

/** Largest share of the difference between first and last frame that one step may make: more is a cut. */
const MOST_STEP = 0.5

/** A transition found around one middle frame, for one length. */
export interface TransitionMatch {
  readonly middle: MeasuredFrame
  /** Frames from the middle to either end. */
  readonly half: number
  /** Seconds. */
  readonly lasting: number
  readonly confidence: number
}

export interface Windows {
  readonly kind: BoundaryKind
  /** Half of the lengths that are tried, in frames; lengths between two of them are found, too. */
  readonly halves: readonly number[]
  /** Every so many frames one is tried as the middle. */
  readonly every: number
  /** Frames on both sides of the middle that are needed. */
  readonly reach: number
}

/** Finds slow transitions around one middle frame after the other; of matches around neighbours the surest is kept. */
export abstract class WindowedDetector implements TransitionDetector {
  protected readonly history: History
  readonly #windows: Windows
  #last = -1
  #judged: number
  #best: TransitionMatch | null = null
  /** How often it was found: around other middles, for other lengths. */
  #times = 0

  constructor(windows: Windows) {
    this.#windows = windows
    this.#judged = -windows.every
    this.history = new History(2 * windows.reach + 1)
  }

  process(picture: MeasuredFrame): Boundary[] {
    const boundaries: Boundary[] = []
    this.history.add(picture)
    for (let frame = this.#last + 1; frame <= picture.index; frame++) {
      boundaries.push(...this.#judge(frame - this.#windows.reach))
    }
    this.#last = picture.index
    return boundaries
  }

  finish(): Boundary[] {
    const boundaries: Boundary[] = []
    for (let frame = this.#last - this.#windows.reach + 1; frame <= this.#last; frame++) {
      boundaries.push(...this.#judge(frame))
    }
    return [...boundaries, ...this.#emit()]
  }

  /** The transition around that middle, for that length. */
  protected abstract around(frame: number, half: number): TransitionMatch | null

  /** Whether a surer match is another transition than the one before. */
  protected isNext(_before: TransitionMatch, _found: TransitionMatch): boolean {
    return false
  }

  protected confidenceOf({ confidence }: TransitionMatch, _times: number): number {
    return confidence
  }

  /** Whether there is a cut from one frame to the other. */
  protected jumps(from: number, to: number, apart: number): boolean {
    for (let at = from + 1; at <= to; at++) {
      if ((this.history.at(at)?.change ?? 0) > MOST_STEP * apart) return true
    }
    return false
  }

  /**
   * Change just before and after, over half of the time, as a share of the difference between first and last frame: a pan
   * continues, while a dissolve begins and ends. Null where cuts leave nothing to measure.
   */
  protected changeAround(frame: number, half: number, apart: number): number | null {
    const changes: number[] = []
    for (const [from, to] of [
      [frame - 2 * half, frame - half],
      [frame + half, frame + 2 * half],
    ] as const) {
      const [a, b] = [this.history.at(from), this.history.at(to)]
      if (a && b && !this.jumps(from, to, apart)) changes.push(approximateDifference(a, b) / apart)
    }
    return changes.length === 0 ? null : changes.reduce((sum, change) => sum + change, 0) / changes.length
  }

  #judge(frame: number): Boundary[] {
    const done = this.#best && frame > this.#best.middle.index + 2 * this.#best.half ? this.#emit() : []
    if (frame - this.#judged < this.#windows.every || this.history.at(frame)?.index !== frame) return done
    this.#judged = frame
    for (const half of this.#windows.halves) {
      const found = this.around(frame, half)
      if (!found) continue
      const isSurer = !this.#best || found.confidence > this.#best.confidence
      // The next transition may begin, and be surer, before the last matches of this one.
      if (this.#best && isSurer && this.isNext(this.#best, found)) done.push(...this.#emit())
      this.#times++
      if (isSurer) this.#best = found
    }
    return done
  }

  #emit(): Boundary[] {
    const best = this.#best
    const times = this.#times
    this.#best = null
    this.#times = 0
    if (!best) return []
    const { middle, lasting } = best
    const confidence = this.confidenceOf(best, times)
    return [{ frame: middle.index, time: middle.time, kind: this.#windows.kind, confidence, lasting }]
  }
}
