import type { Boundary, BoundaryKind } from '../detector.ts'
import { History } from './history.ts'
import { glanceDifference, type MeasuredFrame } from './measured-frame.ts'
import type { TransitionDetector } from './transition-detector.ts'

/** Of the way between the ends, what a single step may make: more is a cut, with motion on both sides of it. */
const MOST_STEP = 0.5

/** A slow transition, as it was met around one middle over one length. */
export interface Finding {
  readonly middle: MeasuredFrame
  /** Frames from the middle to either end. */
  readonly half: number
  /** Seconds. */
  readonly lasting: number
  readonly confidence: number
}

export interface Windows {
  readonly kind: BoundaryKind
  /** Half the lengths, in frames, that are looked for; what lies between two of them is still met. */
  readonly halves: readonly number[]
  /** Not every frame has to be tried as the middle. */
  readonly every: number
  /** Frames on either side of the middle that the judgement asks for. */
  readonly reach: number
}

/** Looks for a slow transition around one middle after the other; of those met around neighbours the surest stays. */
export abstract class WindowedDetector implements TransitionDetector {
  protected readonly history: History
  readonly #windows: Windows
  #last = -1
  #judged: number
  #best: Finding | null = null
  /** How often it was met: around other middles, over other lengths. */
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

  /** What there is around that middle, over that length. */
  protected abstract around(frame: number, half: number): Finding | null

  /** Whether a surer finding is of another transition than the one before. */
  protected isNext(_before: Finding, _found: Finding): boolean {
    return false
  }

  protected confidenceOf({ confidence }: Finding, _times: number): number {
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
   * How much the picture changes just before and after, over half the time, as a share of the way between the ends: a pan
   * goes on, while a dissolve begins and ends. null where cuts leave nothing to tell it by.
   */
  protected changeAround(frame: number, half: number, apart: number): number | null {
    const changes: number[] = []
    for (const [from, to] of [
      [frame - 2 * half, frame - half],
      [frame + half, frame + 2 * half],
    ] as const) {
      const [a, b] = [this.history.at(from), this.history.at(to)]
      if (a && b && !this.jumps(from, to, apart)) changes.push(glanceDifference(a, b) / apart)
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
      // The next one may come, and be plainer, before this one's echoes have passed.
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
