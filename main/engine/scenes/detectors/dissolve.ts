import { changedShare, mismatch } from './mismatch.ts'
import {
  difference,
  approximateDifference,
  approximateMixtureError,
  inCommonView,
  isSameInAnotherLight,
  mixtureError,
  type MeasuredFrame,
} from './measured-frame.ts'
import { lostStructure } from './structure.ts'
import { type TransitionMatch, WindowedDetector } from './windowed.ts'

/** Half of the lengths that are tried, in frames; lengths between two of them are found, too. */
const HALVES = [5, 9, 15, 24, 36]
/** Every second frame is close enough to the middle. */
const EVERY = 2
/** First and last frame differ by at least this. */
const LEAST_DIFFERENCE = 5
/** First and last frame have at least this contrast; less is a fade. */
const LEAST_CONTRAST = 4
/**
 * Largest error between a frame and the mixture of first and last frame, as a share of their difference, by the flatness of
 * the middle. A mixture has less contrast than both frames, which a pan has not: the flatter it is, the more motion is
 * allowed. [flatness, largest error], linear in between.
 */
const MOST_ERRORS = [
  [0.75, 0.35],
  [0.92, 0.286],
  [1, 0.212],
  [1.1, 0.106],
] as const
/** From this change around on, as a share of the difference, the whole may be one continuing motion. */
const GOES_ON = 0.65
/** How much the allowed error shrinks for more change around, and its lower limit. */
const TIGHTER = 2
const TIGHTEST = 0.8
/** With more change around than this, so much structure must be lost: else it may be the light, or the exposure. */
const RESTS = 0.25
const LEAST_LOST = 0.25
/** Least mismatch of first and last frame for a poor mixture, and for a good one. */
const LEAST_MISMATCH = 0.65
const LEAST_MISMATCH_OF_GOOD = 0.45
/** From this error on a mixture is poor. */
const POOR = 0.2
/** Share of the frame that must change, for a poor mixture and for a good one: a title that fades in changes less. */
const LEAST_CHANGED = 0.7
const LEAST_CHANGED_OF_GOOD = 0.45
/** Error of the approximations, as a share. */
const APPROXIMATION_ERROR = 0.2
/** Candidates of low confidence may miss the thresholds by this factor. */
const WORSE = 1.25

/** Dissolves: between two shots, every frame is a mixture of both in proportion to its place, with less contrast than either. */
export class DissolveDetector extends WindowedDetector {
  constructor() {
    // Twice the longest: the frames around a dissolve tell how much of the change is motion.
    super({ kind: 'dissolve', halves: HALVES, every: EVERY, reach: 2 * Math.max(...HALVES) })
  }

  protected override isNext(before: TransitionMatch, found: TransitionMatch): boolean {
    return found.middle.index - before.middle.index > before.half + found.half / 2
  }

  protected override around(frame: number, half: number): TransitionMatch | null {
    const quarter = Math.round(half / 2)
    const pictures = [-half, -quarter, 0, quarter, half].map((offset) => this.history.at(frame + offset))
    const [from, early, middle, late, to] = pictures
    if (!from || !early || !middle || !late || !to) return null
    if (Math.min(from.contrast, to.contrast) < LEAST_CONTRAST) return null
    const about = approximateDifference(from, to)
    if (about < LEAST_DIFFERENCE * (1 - APPROXIMATION_ERROR)) return null
    const flat = mostError(flatness(from, middle, to))
    // A cheap check before the others.
    const glance = approximateMixtureError(from, to, middle, placeOf(middle, from, to))
    if (glance > WORSE * flat * about * (1 + 2 * APPROXIMATION_ERROR)) return null
    const apart = difference(from, to)
    if (apart < LEAST_DIFFERENCE) return null
    const errors = [early, middle, late].map((one) => mixtureError(from, to, one, placeOf(one, from, to)) / apart)
    const error = errors.reduce((sum, one) => sum + one, 0) / errors.length
    if (error > WORSE * flat || this.jumps(frame - half, frame + half, apart)) return null
    const around = this.changeAround(frame, half, apart)
    const most = flat * tightness(around)
    if (error > WORSE * most) return null
    if ((around === null || around > RESTS) && lostStructure(from, to) < LEAST_LOST) return null
    // One frame is only paler: part of a fade.
    if (isSameInAnotherLight(from, to)) return null
    return dissolveOf({ from, middle, to, half, error, most })
  }
}

interface Mixture {
  from: MeasuredFrame
  middle: MeasuredFrame
  to: MeasuredFrame
  half: number
  error: number
  /** Largest allowed error. */
  most: number
}

/** A match, if first and last frame of the mixture show different things. */
function dissolveOf({ from, middle, to, half, error, most }: Mixture): TransitionMatch | null {
  const changed = mismatch(from, to)
  const poor = Math.min(1, error / POOR)
  const least = LEAST_MISMATCH_OF_GOOD + (LEAST_MISMATCH - LEAST_MISMATCH_OF_GOOD) * poor
  if (changed < least / WORSE) return null
  const share = changedShare(from, to)
  const leastShare = LEAST_CHANGED_OF_GOOD + (LEAST_CHANGED - LEAST_CHANGED_OF_GOOD) * poor
  if (share < leastShare / WORSE) return null
  const isOne = error <= most && changed >= least && share >= leastShare
  const confidence = isOne
    ? Math.min(1, 0.5 + (changed * (1 - error / most)) / 2)
    : 0.5 * Math.min(1, most / error, changed / least, share / leastShare)
  return { middle, half, lasting: to.time - from.time, confidence }
}

/** Factor on the allowed error where there is motion around. */
function tightness(around: number | null): number {
  return Math.max(TIGHTEST, 1 - TIGHTER * Math.max(0, (around ?? 0) - GOES_ON))
}

/** Place of a frame between first and last, 0..1, by the numbers of the decoded frames. */
function placeOf(one: MeasuredFrame, from: MeasuredFrame, to: MeasuredFrame): number {
  return (one.index - from.index) / (to.index - from.index)
}

/** Contrast of the middle relative to first and last frame; without black bars, whose contrast a dissolve does not change. */
function flatness(from: MeasuredFrame, middle: MeasuredFrame, to: MeasuredFrame): number {
  const [first, last] = inCommonView(from, to)
  const between = inCommonView({ ...middle, bars: to.bars }, from)[0]
  return (2 * between.contrast) / (first.contrast + last.contrast)
}

function mostError(flat: number): number {
  let before: readonly [number, number] = MOST_ERRORS[0]
  if (flat <= before[0]) return before[1]
  for (const next of MOST_ERRORS) {
    if (flat <= next[0]) return before[1] + ((flat - before[0]) / (next[0] - before[0])) * (next[1] - before[1])
    before = next
  }
  return 0
}
