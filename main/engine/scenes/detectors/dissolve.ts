import { changedShare, mismatch } from './mismatch.ts'
import {
  difference,
  glanceDifference,
  glanceMixtureError,
  inCommonView,
  isSameInAnotherLight,
  mixtureError,
  type MeasuredFrame,
} from './measured-frame.ts'
import { lostStructure } from './structure.ts'
import { type Finding, WindowedDetector } from './windowed.ts'

/** Half the lengths, in frames, that are looked for; what lies between two of them is still met. */
const HALVES = [5, 9, 15, 24, 36]
/** Every second frame is close enough to the middle. */
const EVERY = 2
/** Ends that differ less show no new scene. */
const LEAST_DIFFERENCE = 5
/** Ends with less contrast are fades. */
const LEAST_CONTRAST = 4
/**
 * How badly, as a share of the ends' difference, the pictures between may be told from a mixture, by how flat the middle
 * is beside the ends. Two pictures laid over each other have less contrast than both, which no pan between them has: the
 * flatter, the more may have moved meanwhile. [flatness, most error], between these in proportion.
 */
const MOST_ERRORS = [
  [0.75, 0.35],
  [0.92, 0.286],
  [1, 0.212],
  [1.1, 0.106],
] as const
/** Change around, as a share of the way between the ends, from which on the same motion may well go on all the time. */
const GOES_ON = 0.65
/** By how much the error has to be less, then, for every point more; and how far that goes. */
const TIGHTER = 2
const TIGHTEST = 0.8
/**
 * Where there is more change around than this, so much of the picture's structure must be gone: else it may be the light,
 * or the camera's exposure.
 */
const RESTS = 0.25
const LEAST_LOST = 0.25
/** Ends that must differ this much when the mixture is poor; a good one says so by itself, down to a lower bound. */
const LEAST_MISMATCH = 0.65
const LEAST_MISMATCH_OF_GOOD = 0.45
/** From this error on a mixture is poor. */
const POOR = 0.2
/**
 * Share of the picture that must show something else, of a poor mixture and of a good one: a title or a bar that comes
 * softly changes less.
 */
const LEAST_CHANGED = 0.7
const LEAST_CHANGED_OF_GOOD = 0.45
/** How far a glance may be off. */
const GLANCE_ERROR = 0.2
/** How much worse than its thresholds a dissolve that only more sensitivity takes for one may be. */
const WORSE = 1.25

/**
 * Dissolves: between two ends that show different things, every picture is a mixture of both in proportion to its
 * place, and flatter than either.
 */
export class DissolveDetector extends WindowedDetector {
  constructor() {
    // Twice the longest: what is around a dissolve tells how much of the change is motion.
    super({ kind: 'dissolve', halves: HALVES, every: EVERY, reach: 2 * Math.max(...HALVES) })
  }

  protected override isNext(before: Finding, found: Finding): boolean {
    return found.middle.index - before.middle.index > before.half + found.half / 2
  }

  protected override around(frame: number, half: number): Finding | null {
    const quarter = Math.round(half / 2)
    const pictures = [-half, -quarter, 0, quarter, half].map((offset) => this.history.at(frame + offset))
    const [from, early, middle, late, to] = pictures
    if (!from || !early || !middle || !late || !to) return null
    if (Math.min(from.contrast, to.contrast) < LEAST_CONTRAST) return null
    const about = glanceDifference(from, to)
    if (about < LEAST_DIFFERENCE * (1 - GLANCE_ERROR)) return null
    const flat = mostError(flatness(from, middle, to))
    // Turns away, cheaply, what the thresholds would turn away anyway.
    const glance = glanceMixtureError(from, to, middle, placeOf(middle, from, to))
    if (glance > WORSE * flat * about * (1 + 2 * GLANCE_ERROR)) return null
    const apart = difference(from, to)
    if (apart < LEAST_DIFFERENCE) return null
    const errors = [early, middle, late].map((one) => mixtureError(from, to, one, placeOf(one, from, to)) / apart)
    const error = errors.reduce((sum, one) => sum + one, 0) / errors.length
    if (error > WORSE * flat || this.jumps(frame - half, frame + half, apart)) return null
    const around = this.changeAround(frame, half, apart)
    const most = flat * tightness(around)
    if (error > WORSE * most) return null
    if ((around === null || around > RESTS) && lostStructure(from, to) < LEAST_LOST) return null
    // Paler on one side is a part of a fade.
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
  /** What the error may be. */
  most: number
}

/** Whether the ends of what looks like a mixture show different things. */
function dissolveOf({ from, middle, to, half, error, most }: Mixture): Finding | null {
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

/** What is left of the allowed error where motion goes on around. */
function tightness(around: number | null): number {
  return Math.max(TIGHTEST, 1 - TIGHTER * Math.max(0, (around ?? 0) - GOES_ON))
}

/** Where between the ends a picture lies, 0..1: by the frames that they really are, whichever were left out. */
function placeOf(one: MeasuredFrame, from: MeasuredFrame, to: MeasuredFrame): number {
  return (one.index - from.index) / (to.index - from.index)
}

/** Contrast of the middle beside that of the ends; without the bars, whose black is contrast that no dissolve takes away. */
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
