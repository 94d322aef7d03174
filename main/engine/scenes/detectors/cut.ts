import type { Boundary } from '../detector.ts'
import { changedShare, mismatch, mostMismatch } from './mismatch.ts'
import { lostStructure } from './structure.ts'
import { difference, differingShare, inCommonView, isSameInAnotherLight, type MeasuredFrame } from './measured-frame.ts'
import type { TransitionDetector } from './transition-detector.ts'

/** A flash, or a strobe's dark phase, lasts at most this many frames. */
const FLASH_FRAMES = 7
/** Frames that may be left out on both sides of it. */
const MOST_LEFT_OUT = 4
/** Frames on both sides that give the usual change of the shot; where many are left out, at least this many decoded ones. */
const AROUND = 8
const AROUND_AT_LEAST = 3
/** Of these, the ones that also give the usual mismatch. */
const CLOSE = 4
/** Frames that are kept. */
const KEPT = 2 * AROUND + 4
/** A change below this many grey levels is no cut, even in a dark video. */
const LEAST_DIFFERENCE = 3
/** Grey levels of coding noise. */
const NOISE = 0.5
/** Only a change this many times the usual one is examined. */
const TIMES_USUAL = 1.3
/** Below this mismatch, both frames show the same. */
const LEAST_MISMATCH = 0.45
/** Share of the frame that must change: less where the mismatch is large, because two shots may share a plain corner. */
const LEAST_CHANGED = 0.7
const LEAST_CHANGED_OF_DIFFERENT = 0.45
const DIFFERENT = 0.75
/** By how much the mismatch of a cut exceeds the usual one. */
const LEAST_RISE = 0.3
/** For a change this many times the usual one, this share of the other thresholds is enough. */
const STRIKING = 4
const ENOUGH_OF_STRIKING = 0.72
/** The same for a cut out of a still shot, with so many grey levels that it cannot be a title. */
const OUT_OF_STILLNESS = 16
const MORE_THAN_A_TITLE = 13
const ENOUGH_OF_BOTH = 0.5
/** Shares of the frame: of blocks, and of pixels. */
const NEARLY_ALL = 0.9
const MORE_THAN_A_TITLE_COVERS = 0.35
/** Share of the structure that a cut removes; a change of light removes none. */
const LEAST_LOST = 0.2
/**
 * Another view of the same place: times the usual change, grey levels, share of the pixels, share of lost structure. A title
 * or a change of light does not reach all of these.
 */
const VIEW_TIMES_USUAL = 10
const VIEW_DIFFERENCE = 12
const VIEW_COVERS = 0.28
const VIEW_LOST = 0.45
/** Below this share of a threshold, there is no candidate. */
const LEAST_OF_THRESHOLD = 0.6
/** A mismatch that is certainly below this is not computed exactly. */
const CALM = 0.12
/** Share of the rise that may return after a flash. */
const FLASH_SHARE = 0.5
/** Frames that differ by this share of the cut's own difference are not the same: no motion search is needed. */
const SAME_DIFFERENCE = 0.8

/**
 * Hard cuts. Candidates are frames whose difference to the one before exceeds the usual change around; only for these the
 * mismatch, which follows motion and brightness, is computed. Equal frames on both sides of a few others mean a flash.
 */
export class CutDetector implements TransitionDetector {
  /** Ring by position among the decoded frames. */
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

  /** The confidence of the weakest rule; cheap rules come first. */
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

  /** The same place, closer or with other people: much may be the same, but the shot was still before. */
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

  /** Whether a frame has one before it and is within so many frames, or at least decoded frames, of another. */
  #isNear(at: number, position: number, frames: number, atLeast: number): boolean {
    const [one, other] = [this.#at(at), this.#at(position)]
    if (at < 1 || !one || !other) return false
    return Math.abs(at - position) <= atLeast || Math.abs(one.index - other.index) <= frames
  }

  #differenceAt(position: number): number {
    return this.#at(position)?.change ?? 0
  }

  /** Mismatch of a frame to the one before; cached for neighbouring candidates. */
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

  /** The second largest around, so that another cut or flash nearby does not hide this one. */
  #usualMismatch(position: number): number {
    const around: number[] = []
    for (let at = position - CLOSE; at <= position + CLOSE; at++) {
      if (at !== position && this.#isNear(at, position, CLOSE, 1)) around.push(this.#step(at))
    }
    return around.sort((a, b) => b - a)[1] ?? 0
  }

  /**
   * Whether the frame before returns soon after, or the frame after was shown shortly before.
   * @param same mismatch below which two frames are the same; null compares the pixels alone.
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

/** A title that appears or disappears changes a part of the frame; only one of the two directions shows it. */
function wholeness(before: MeasuredFrame, picture: MeasuredFrame): number {
  return Math.max(changedShare(before, picture), changedShare(picture, before))
}

/** Whether more than a title or the light has changed: required for lower thresholds. */
function isAnother(before: MeasuredFrame, picture: MeasuredFrame, whole: number): boolean {
  if (isSameInAnotherLight(before, picture)) return false
  return whole >= NEARLY_ALL || differingShare(before, picture) >= MORE_THAN_A_TITLE_COVERS
}

/** Share of the other thresholds that is enough for such a change. */
function shareOfEvidence(timesUsual: number, change: number): number {
  const striking = 1 - (1 - ENOUGH_OF_STRIKING) * shareOfWay(TIMES_USUAL, STRIKING, timesUsual)
  if (change < MORE_THAN_A_TITLE) return striking
  return striking - (ENOUGH_OF_STRIKING - ENOUGH_OF_BOTH) * shareOfWay(STRIKING, OUT_OF_STILLNESS, timesUsual)
}

/** Place of a value between two others, 0..1. */
function shareOfWay(from: number, to: number, value: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)))
}

/** Confidence of a value against its threshold: 0.5 at the threshold, 1 from 1.5 times of it, 0 far below. */
function against(threshold: number, value: number): number {
  const times = value / threshold
  if (times < LEAST_OF_THRESHOLD) return 0
  return times < 1 ? times / 2 : Math.min(1, times - 0.5)
}
