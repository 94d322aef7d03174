import type { Boundary } from '../detector.ts'
import { changedShare, mismatch, mostMismatch } from './mismatch.ts'
import { lostStructure } from './structure.ts'
import { difference, differingShare, inCommonView, isSameInAnotherLight, type MeasuredFrame } from './measured-frame.ts'
import type { TransitionDetector } from './transition-detector.ts'

/** A flash, or a strobe's dark phase, is over within this many frames. */
const FLASH_FRAMES = 7
/** Frames that may be left out on either side of it. */
const MOST_LEFT_OUT = 4
/** Frames on either side that tell how much this shot changes anyway; where many are left out, this many pictures at least. */
const AROUND = 8
const AROUND_AT_LEAST = 3
/** The closest of them also tell how badly motion is followed here. */
const CLOSE = 4
/** Pictures, and what is known of them, that are kept. */
const KEPT = 2 * AROUND + 4
/** A change below this many grey levels is no cut, in the darkest film. */
const LEAST_DIFFERENCE = 3
/** Grey levels that the coding alone changes. */
const NOISE = 0.5
/** Only a change this many times the usual one is looked at more closely. */
const TIMES_USUAL = 1.3
/** Below this the same things are still shown. */
const LEAST_MISMATCH = 0.45
/**
 * Share of the picture that must show something else: less where that is wholly different, because two pictures may well
 * have a plain corner in common.
 */
const LEAST_CHANGED = 0.7
const LEAST_CHANGED_OF_DIFFERENT = 0.45
const DIFFERENT = 0.75
/** How far a cut stands out from the motion around it. */
const LEAST_RISE = 0.3
/** A change this many times the usual one stands out so much that less of the other evidence will do: this share of it. */
const STRIKING = 4
const ENOUGH_OF_STRIKING = 0.72
/** Out of stillness; and so many grey levels that a title or a lower third cannot be it. */
const OUT_OF_STILLNESS = 16
const MORE_THAN_A_TITLE = 13
const ENOUGH_OF_BOTH = 0.5
/** Shares of the picture: of blocks, and of pixels. */
const NEARLY_ALL = 0.9
const MORE_THAN_A_TITLE_COVERS = 0.35
/** Share of the picture whose structure a cut takes away; a light leaves all of it, however uneven it is. */
const LEAST_LOST = 0.2
/**
 * Another view of the same place: how many times the usual change, how many grey levels, what share of the pixels, and of
 * how much of the picture the structure must be gone; a title, or a light, is not all of that.
 */
const VIEW_TIMES_USUAL = 10
const VIEW_DIFFERENCE = 12
const VIEW_COVERS = 0.28
const VIEW_LOST = 0.45
/** What is below this share of a threshold is not even a candidate. */
const LEAST_OF_THRESHOLD = 0.6
/** A mismatch that is certainly below this is not worth knowing better. */
const CALM = 0.12
/** Of the rise, what may be found again behind a flash. */
const FLASH_SHARE = 0.5
/** Pixels that differ as much as at the cut itself are not the same picture again: no need to search it. */
const SAME_DIFFERENCE = 0.8

/**
 * Hard cuts. The plain difference to the frame before picks candidates against the usual change around; only those pay
 * for a mismatch that follows motion and brightness. What looks the same on both sides of a few frames was a flash.
 */
export class CutDetector implements TransitionDetector {
  /** Rings by position: the how manieth picture, whatever frames were left out between them. */
  readonly #pictures = new Array<MeasuredFrame | undefined>(KEPT)
  readonly #mismatches = new Map<number, number>()
  #last = -1

  process(picture: MeasuredFrame): Boundary[] {
    this.#last++
    this.#pictures[this.#last % KEPT] = picture
    return this.#judge(this.#last - AROUND)
  }

  finish(): Boundary[] {
    const boundaries: Boundary[] = []
    for (let at = Math.max(1, this.#last - AROUND + 1); at <= this.#last; at++) boundaries.push(...this.#judge(at))
    return boundaries
  }

  #at(position: number): MeasuredFrame | null {
    if (position < 0 || position > this.#last || position <= this.#last - KEPT) return null
    return this.#pictures[position % KEPT] ?? null
  }

  #judge(position: number): Boundary[] {
    this.#mismatches.delete(position - AROUND)
    const [before, picture] = [this.#at(position - 1), this.#at(position)]
    if (!before || !picture) return []
    const sure = this.#confidence(position, before, picture)
    if (sure === 0) return []
    return [{ frame: picture.index, time: picture.time, kind: 'cut', confidence: sure, lasting: 0 }]
  }

  /** As sure as the weakest of the rules is; what is hopeless by a cheap one does not pay for a dear one. */
  #confidence(position: number, before: MeasuredFrame, picture: MeasuredFrame): number {
    const timesUsual = this.#timesUsual(position)
    if (timesUsual < TIMES_USUAL) return 0
    return Math.max(
      this.#ofAnotherShot(position, timesUsual, before, picture),
      this.#ofAnotherView(position, timesUsual, before, picture),
    )
  }

  #ofAnotherShot(position: number, timesUsual: number, before: MeasuredFrame, picture: MeasuredFrame): number {
    const least = shareOfEvidence(timesUsual, picture.change)
    const change = this.#step(position)
    if (against(least * LEAST_MISMATCH, change) === 0) return 0
    const rise = change - this.#usualMismatch(position)
    if (against(least * LEAST_RISE, rise) === 0) return 0
    if (this.#isFlash(position, change - rise * (1 - FLASH_SHARE))) return 0
    const whole = wholeness(before, picture)
    const enough = least < 1 && isAnother(before, picture, whole) ? least : 1
    const different = shareOfWay(LEAST_MISMATCH, DIFFERENT, change)
    const leastChanged = LEAST_CHANGED - different * (LEAST_CHANGED - LEAST_CHANGED_OF_DIFFERENT)
    const sure = Math.min(
      against(enough * LEAST_MISMATCH, change),
      against(enough * LEAST_RISE, rise),
      against(enough * leastChanged, whole),
    )
    return sure === 0 ? 0 : Math.min(sure, against(LEAST_LOST, lostStructure(...inCommonView(before, picture))))
  }

  /** The same place, closer, or somebody else in it: much of what is seen may be the same, but it was still until now. */
  #ofAnotherView(position: number, timesUsual: number, before: MeasuredFrame, picture: MeasuredFrame): number {
    const standsOut = Math.min(against(VIEW_TIMES_USUAL, timesUsual), against(VIEW_DIFFERENCE, picture.change))
    if (standsOut === 0) return 0
    const [one, other] = inCommonView(before, picture)
    const covers = against(VIEW_COVERS, differingShare(one, other))
    if (covers === 0 || this.#isFlash(position, null)) return 0
    return Math.min(standsOut, covers, against(VIEW_LOST, lostStructure(one, other)))
  }

  /** How many times the usual change a change is; 0 where it is too small for a cut. */
  #timesUsual(position: number): number {
    const change = this.#differenceAt(position)
    if (change < LEAST_DIFFERENCE) return 0
    const around: number[] = []
    for (let at = position - AROUND; at <= position + AROUND; at++) {
      if (at !== position && this.#isNear(at, position, AROUND, AROUND_AT_LEAST)) around.push(this.#differenceAt(at))
    }
    // The upper quarter, not the median: where every second frame repeats the one before, the median is 0.
    const usual = around.sort((a, b) => b - a)[Math.floor(around.length / 4)] ?? 0
    return change / Math.max(usual, NOISE)
  }

  /** Whether a picture has one before it and is among so many frames, or at least pictures, around another. */
  #isNear(at: number, position: number, frames: number, atLeast: number): boolean {
    const [one, other] = [this.#at(at), this.#at(position)]
    if (at < 1 || !one || !other) return false
    return Math.abs(at - position) <= atLeast || Math.abs(one.index - other.index) <= frames
  }

  #differenceAt(position: number): number {
    return this.#at(position)?.change ?? 0
  }

  /** Mismatch of a picture to the one before, kept: neighbouring candidates ask again. */
  #step(position: number): number {
    const known = this.#mismatches.get(position)
    if (known !== undefined) return known
    const [a, b] = [this.#at(position - 1), this.#at(position)]
    if (!a || !b) return 0
    const most = mostMismatch(a, b, this.#differenceAt(position))
    const value = most < CALM ? most : mismatch(a, b)
    this.#mismatches.set(position, value)
    return value
  }

  /** The second largest around, so that one more cut or flash nearby does not hide this one. */
  #usualMismatch(position: number): number {
    const around: number[] = []
    for (let at = position - CLOSE; at <= position + CLOSE; at++) {
      if (at !== position && this.#isNear(at, position, CLOSE, 1)) around.push(this.#step(at))
    }
    return around.sort((a, b) => b - a)[1] ?? 0
  }

  /**
   * Whether the picture before comes back soon after, or the picture after was there shortly before.
   * @param same the mismatch below which it is the same; null goes by the difference of the pixels alone.
   */
  #isFlash(position: number, same: number | null): boolean {
    for (let gap = 1; gap <= FLASH_FRAMES; gap++) {
      if (
        this.#isSame(position - 1, position + gap, position, same) ||
        this.#isSame(position - 1 - gap, position, position, same)
      ) {
        return true
      }
    }
    return false
  }

  #isSame(from: number, to: number, position: number, same: number | null): boolean {
    const [a, b] = [this.#at(from), this.#at(to)]
    if (!a || !b || b.index - a.index > FLASH_FRAMES + MOST_LEFT_OUT) return false
    if (difference(a, b) > SAME_DIFFERENCE * this.#differenceAt(position)) return false
    return same === null || mismatch(a, b) < same
  }
}

/** A title that is put in or taken away changes a part of the picture; which way round it was shows on one side. */
function wholeness(before: MeasuredFrame, picture: MeasuredFrame): number {
  return Math.max(changedShare(before, picture), changedShare(picture, before))
}

/** Whether more than a title, and not only the light, has changed: what is needed to do with less of the evidence. */
function isAnother(before: MeasuredFrame, picture: MeasuredFrame, whole: number): boolean {
  if (isSameInAnotherLight(before, picture)) return false
  return whole >= NEARLY_ALL || differingShare(before, picture) >= MORE_THAN_A_TITLE_COVERS
}

/** How much of the other evidence will do for a change that stands out so far. */
function shareOfEvidence(timesUsual: number, change: number): number {
  const striking = 1 - (1 - ENOUGH_OF_STRIKING) * shareOfWay(TIMES_USUAL, STRIKING, timesUsual)
  if (change < MORE_THAN_A_TITLE) return striking
  return striking - (ENOUGH_OF_STRIKING - ENOUGH_OF_BOTH) * shareOfWay(STRIKING, OUT_OF_STILLNESS, timesUsual)
}

/** How far between two values a third one is, 0..1. */
function shareOfWay(from: number, to: number, value: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)))
}

/** How a value stands against its threshold: 0.5 on it, 1 from half as much again, 0 where it falls far short. */
function against(threshold: number, value: number): number {
  const times = value / threshold
  if (times < LEAST_OF_THRESHOLD) return 0
  return times < 1 ? times / 2 : Math.min(1, times - 0.5)
}
