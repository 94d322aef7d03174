import type { Boundary, BoundaryKind } from '../detector.ts'
import { distanceToMixtures } from './blend.ts'
import { approximateDifference, correlation, difference, SAMPLE_STEP, type MeasuredFrame } from './measured-frame.ts'
import { Slots } from './slots.ts'
import type { TransitionDetector } from './transition-detector.ts'
import {
  framesOf,
  quickTransitionFeatures,
  slowTransitionFeatures,
  type TransitionFeatures,
  withoutBars,
} from './transition-features.ts'
import { model } from './transition-model.ts'
import { isPromising, probabilityOf } from './trees.ts'

/** Half of the lengths that are tried, and how often one of that length is tried, in slots. */
const LENGTHS = [
  { half: 3, every: 2 },
  { half: 5, every: 2 },
  { half: 8, every: 2 },
  { half: 12, every: 4 },
  { half: 18, every: 4 },
  { half: 27, every: 8 },
  { half: 40, every: 8 },
] as const
/** Twice the longest: the frames around a transition tell how much of the change is motion. */
export const TRANSITION_REACH = 80
/** First and last frame differ by at least this, grey levels. */
const LEAST_APART = 4
/** The same for the whole frame, where most of it may be bars. */
const LEAST_APART_AT_ALL = 1
/** From this correlation on, they show the same in another light, or one is paler. */
const SAME = 0.9
/** One step that makes this share of the difference is a cut. */
const MOST_STEP = 0.75
/** Largest distance of the middle frame from all mixtures, as a share of the difference. */
const MOST_DISTANCE = 0.5
/** Error of the approximations, as a share. */
const APPROXIMATION_ERROR = 0.2
/** A black frame: largest mean, and largest deviation, of brightness. */
const BLACK_MEAN = 30
const BLACK_CONTRAST = 4
/** A dissolve has this share at most of errors that a mixture with another share for each pixel would not have. */
const MOST_UNEVEN = 0.1
/** Less sure matches are dropped. */
const LEAST_CONFIDENCE = 0.02
/** Matches further back than this many slots are final. */
const FINAL_SLOTS = 2 * TRANSITION_REACH

/** A place and length at which a slow transition may be. */
export interface TransitionMatch {
  readonly middle: number
  readonly half: number
  readonly frame: MeasuredFrame
  /** The emptiest frame on the way: where a fade has nothing left of either shot. */
  readonly emptiest: MeasuredFrame
  /** Seconds. */
  readonly lasting: number
  readonly features: TransitionFeatures
}

/**
 * The possible transitions around a slot.
 * @param isPromising whether the quick features are worth the others.
 */
export function matchesAround(
  slots: Slots,
  middle: number,
  isPromising: (quick: TransitionFeatures) => boolean,
): TransitionMatch[] {
  const matches: TransitionMatch[] = []
  for (const { half, every } of LENGTHS) {
    if (middle % every !== 0) continue
    const whole = framesOf(slots, middle, half)
    const frame = slots.at(middle)
    if (!whole || !frame || isBlack(whole.from) || isBlack(whole.to)) continue
    if (approximateDifference(whole.from, whole.to) < LEAST_APART_AT_ALL) continue
    const frames = withoutBars(whole)
    const { from, between, to } = frames
    const about = approximateDifference(from, to)
    if (about < LEAST_APART * (1 - APPROXIMATION_ERROR)) continue
    const glance = distanceToMixtures(from, to, between[2] as MeasuredFrame, SAMPLE_STEP)
    if (glance > MOST_DISTANCE * about * (1 + APPROXIMATION_ERROR)) continue
    const apart = difference(from, to)
    if (apart < LEAST_APART || correlation(from, to) > SAME || jumps(slots, middle, half, apart)) continue
    const quick = quickTransitionFeatures(slots, { middle, half }, frames, apart)
    if (!isPromising(quick)) continue
    const features = { ...quick, ...slowTransitionFeatures(frames, apart) }
    const emptiest = emptiestOf(slots, middle, half) ?? frame
    matches.push({ middle, half, frame, emptiest, lasting: to.time - from.time, features })
  }
  return matches
}

/** A film that begins or ends in black only fades in or out; FadeDetector joins what is on both sides of a long black. */
function isBlack({ mean, contrast }: MeasuredFrame): boolean {
  return mean < BLACK_MEAN && contrast < BLACK_CONTRAST
}

function emptiestOf(slots: Slots, middle: number, half: number): MeasuredFrame | null {
  let best: MeasuredFrame | null = null
  for (let slot = middle - half; slot <= middle + half; slot++) {
    const one = slots.at(slot)
    if (one && (!best || one.contrast < best.contrast)) best = one
  }
  return best
}

function jumps(slots: Slots, middle: number, half: number, apart: number): boolean {
  for (let slot = middle - half + 1; slot <= middle + half; slot++) {
    if ((slots.at(slot)?.change ?? 0) > MOST_STEP * apart) return true
  }
  return false
}

interface Rated extends TransitionMatch {
  readonly confidence: number
}

/**
 * Slow transitions: dissolves, wipes, slides and fades. Around every middle, several lengths are tried; of matches that
 * overlap, the surest is kept.
 */
export class SlowTransitionDetector implements TransitionDetector {
  readonly #slots = new Slots(2 * TRANSITION_REACH + 1)
  #judged = 0
  #matches: Rated[] = []

  process(picture: MeasuredFrame): Boundary[] {
    if (!this.#slots.add(picture)) return []
    this.#judge(this.#slots.last - TRANSITION_REACH)
    return this.#emit(this.#judged - FINAL_SLOTS)
  }

  finish(): Boundary[] {
    this.#judge(this.#slots.last)
    return this.#emit(Infinity)
  }

  #judge(until: number): void {
    // Slots of a long gap are not there any more.
    this.#judged = Math.max(this.#judged, until - 2 * TRANSITION_REACH)
    for (; this.#judged <= until; this.#judged++) {
      for (const match of matchesAround(this.#slots, this.#judged, (quick) => isPromising(model, quick))) {
        const confidence = probabilityOf(model, match.features)
        if (confidence >= LEAST_CONFIDENCE) this.#matches.push({ ...match, confidence })
      }
    }
  }

  /** The surest first, without those that overlap it. */
  #emit(until: number): Boundary[] {
    if (!this.#matches.some(({ middle, half }) => middle + half < until)) return []
    const waiting = this.#matches.toSorted((a, b) => b.confidence - a.confidence || a.middle - b.middle)
    const boundaries: Boundary[] = []
    const done = new Set<Rated>()
    for (const best of waiting) {
      if (done.has(best)) continue
      const same = waiting.filter((one) => !done.has(one) && isSame(one, best))
      if (same.some(({ middle, half }) => middle + half >= until)) continue
      for (const one of same) done.add(one)
      boundaries.push(toBoundary(best))
    }
    this.#matches = this.#matches.filter((one) => !done.has(one))
    return boundaries
  }
}

function isSame(one: Rated, other: Rated): boolean {
  return Math.abs(one.middle - other.middle) <= Math.max(one.half, other.half)
}

function toBoundary({ frame, emptiest, lasting, confidence, features }: Rated): Boundary {
  const kind = kindOf(features)
  const { index, time } = kind === 'fade' ? emptiest : frame
  return { frame: index, time, kind, confidence, lasting }
}

/** The kind whose picture of the frames on the way fits best. */
function kindOf(features: TransitionFeatures): BoundaryKind {
  const { via = 1, flatnessLeast = 1, mixtureMean = 1, distanceMean = 0, slide = 1 } = features
  if (flatnessLeast < 0.25 && via < 0.35) return 'fade'
  return mixtureMean - distanceMean < MOST_UNEVEN && mixtureMean < slide ? 'dissolve' : 'wipe'
}
