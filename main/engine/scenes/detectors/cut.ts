import type { Boundary } from '../detector.ts'
import { History } from './history.ts'
import { changedShare, mismatch } from './mismatch.ts'
import { difference, type Picture } from './picture.ts'
import type { TransitionDetector } from './transition-detector.ts'

/** A flash, or a strobe's dark phase, is over within this many frames. */
const FLASH_FRAMES = 7
/** Frames on either side that tell how much this shot changes anyway. */
const AROUND = 8
/** The closest of them also tell how badly motion is followed here. */
const CLOSE = 4
/** A change below this many grey levels is no cut, in the darkest film. */
const LEAST_DIFFERENCE = 3
/** Only a change this many times the usual one is looked at more closely. */
const TIMES_USUAL = 1.6
/** Below this the same things are still shown. */
const LEAST_MISMATCH = 0.5
/** Share of the picture that must show something else. */
const LEAST_CHANGED = 0.7
/** How far a cut stands out from the motion around it. */
const LEAST_RISE = 0.3
/** Of the rise, what may be found again behind a flash. */
const FLASH_SHARE = 0.5
/** Pixels that differ as much as at the cut itself are not the same picture again: no need to search it. */
const SAME_DIFFERENCE = 0.8

/**
 * Hard cuts. The plain difference to the frame before picks candidates against the usual change around; only those pay
 * for a mismatch that follows motion and brightness. What looks the same on both sides of a few frames was a flash.
 */
export class CutDetector implements TransitionDetector {
  readonly #history = new History(2 * AROUND + 4)
  /** Ring of differences: each to the frame before it. */
  readonly #differences = new Float64Array(2 * AROUND + 4)
  readonly #mismatches = new Map<number, number>()
  #last = -1

  process(picture: Picture): Boundary[] {
    const before = this.#history.at(picture.index - 1)
    this.#history.add(picture)
    this.#last = picture.index
    this.#differences[picture.index % this.#differences.length] = before ? difference(before, picture) : 0
    return this.#judge(picture.index - AROUND)
  }

  finish(): Boundary[] {
    const boundaries: Boundary[] = []
    for (let frame = Math.max(1, this.#last - AROUND + 1); frame <= this.#last; frame++) {
      boundaries.push(...this.#judge(frame))
    }
    return boundaries
  }

  #judge(frame: number): Boundary[] {
    this.#mismatches.delete(frame - AROUND)
    const picture = this.#history.at(frame)
    if (frame < 1 || !picture || !this.#isCandidate(frame)) return []
    const change = this.#step(frame)
    if (change < LEAST_MISMATCH) return []
    const rise = change - this.#usualMismatch(frame)
    if (rise < LEAST_RISE || this.#isFlash(frame, change - rise * (1 - FLASH_SHARE))) return []
    if (!this.#isWhole(frame, picture)) return []
    return [{ frame, time: picture.time, kind: 'cut', confidence: confidenceOf(rise) }]
  }

  /** A title that is put in or taken away changes a part of the picture; which way round it was shows on one side. */
  #isWhole(frame: number, picture: Picture): boolean {
    const before = this.#history.at(frame - 1)
    if (!before) return false
    return changedShare(before, picture) >= LEAST_CHANGED || changedShare(picture, before) >= LEAST_CHANGED
  }

  #isCandidate(frame: number): boolean {
    const change = this.#differenceAt(frame)
    if (change < LEAST_DIFFERENCE) return false
    const around: number[] = []
    for (let at = frame - AROUND; at <= frame + AROUND; at++) {
      if (at !== frame && at >= 1 && at <= this.#last) around.push(this.#differenceAt(at))
    }
    // The upper quarter, not the median: where every second frame repeats the one before, the median is 0.
    const usual = around.sort((a, b) => b - a)[Math.floor(around.length / 4)] ?? 0
    return change >= TIMES_USUAL * usual
  }

  #differenceAt(frame: number): number {
    return this.#differences[frame % this.#differences.length] ?? 0
  }

  /** Mismatch of a frame to the one before, kept: neighbouring candidates ask again. */
  #step(frame: number): number {
    const known = this.#mismatches.get(frame)
    if (known !== undefined) return known
    const [a, b] = [this.#history.at(frame - 1), this.#history.at(frame)]
    const value = a && b ? mismatch(a, b) : 0
    this.#mismatches.set(frame, value)
    return value
  }

  /** The second largest around, so that one more cut or flash nearby does not hide this one. */
  #usualMismatch(frame: number): number {
    const around: number[] = []
    for (let at = frame - CLOSE; at <= frame + CLOSE; at++) if (at !== frame && at >= 1) around.push(this.#step(at))
    return around.sort((a, b) => b - a)[1] ?? 0
  }

  /** Whether the picture before comes back soon after, or the picture after was there shortly before. */
  #isFlash(frame: number, same: number): boolean {
    for (let gap = 1; gap <= FLASH_FRAMES; gap++) {
      if (this.#isSame(frame - 1, frame + gap, frame, same) || this.#isSame(frame - 1 - gap, frame, frame, same)) {
        return true
      }
    }
    return false
  }

  #isSame(from: number, to: number, frame: number, same: number): boolean {
    const [a, b] = [this.#history.at(from), this.#history.at(to)]
    if (!a || !b || difference(a, b) > SAME_DIFFERENCE * this.#differenceAt(frame)) return false
    return mismatch(a, b) < same
  }
}

/** Half sure at the threshold, quite sure at twice of it. */
function confidenceOf(rise: number): number {
  return Math.min(1, 0.5 + (0.5 * (rise - LEAST_RISE)) / LEAST_RISE)
}
