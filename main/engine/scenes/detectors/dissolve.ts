import type { Boundary } from '../detector.ts'
import { History } from './history.ts'
import { changedShare, mismatch } from './mismatch.ts'
import {
  correlation,
  difference,
  glanceDifference,
  glanceMixtureError,
  inCommonView,
  mixtureError,
  type Picture,
} from './picture.ts'
import type { TransitionDetector } from './transition-detector.ts'

/** Half the lengths, in frames, that are looked for; what lies between two of them is still met. */
const HALVES = [5, 9, 15, 24, 36]
const LONGEST = Math.max(...HALVES)
/** Every second frame is close enough to the middle. */
const EVERY = 2
/** Ends that differ less show no new scene. */
const LEAST_DIFFERENCE = 6
/** Ends with less contrast are fades. */
const LEAST_CONTRAST = 5
/**
 * How badly, as a share of the ends' difference, the pictures between may be told from a mixture, by how flat the middle
 * is beside the ends. Two pictures laid over each other have less contrast than both, which no pan between them has: the
 * flatter, the more may have moved meanwhile. [flatness, most error], between these in proportion.
 */
const MOST_ERRORS = [
  [0.75, 0.33],
  [0.92, 0.27],
  [1, 0.2],
  [1.1, 0.1],
] as const
/** Ends whose brightness goes together as much as this show the same, paler: a part of a fade. */
const SAME_CORRELATION = 0.6
/** Of the way between the ends, what a single step may make: more is a cut, with motion on both sides of it. */
const MOST_STEP = 0.5
/** Ends that must differ this much when the mixture is poor; a good one says so by itself, down to a lower bound. */
const LEAST_MISMATCH = 0.65
const LEAST_MISMATCH_OF_GOOD = 0.45
/** From this error on a mixture is poor. */
const POOR = 0.2
/** Share of the picture that must show something else: a title or a bar that comes softly changes less. */
const LEAST_CHANGED = 0.7
/** How far a glance may be off. */
const GLANCE_ERROR = 0.2
/** How much worse than its thresholds a dissolve that only more sensitivity takes for one may be. */
const WORSE = 1.25

interface Dissolve {
  middle: Picture
  half: number
  /** Seconds. */
  lasting: number
  confidence: number
}

/**
 * Dissolves: between two ends that show different things, every picture is a mixture of both in proportion to its
 * place, and flatter than either.
 */
export class DissolveDetector implements TransitionDetector {
  readonly #history = new History(2 * LONGEST + 1)
  #last = -1
  #judged = -EVERY
  #best: Dissolve | null = null

  process(picture: Picture): Boundary[] {
    const boundaries: Boundary[] = []
    this.#history.add(picture)
    for (let frame = this.#last + 1; frame <= picture.index; frame++) boundaries.push(...this.#judge(frame - LONGEST))
    this.#last = picture.index
    return boundaries
  }

  finish(): Boundary[] {
    const boundaries: Boundary[] = []
    for (let frame = this.#last - LONGEST + 1; frame <= this.#last; frame++) boundaries.push(...this.#judge(frame))
    return [...boundaries, ...this.#emit()]
  }

  #judge(frame: number): Boundary[] {
    const done: Boundary[] = []
    if (this.#best && frame > this.#best.middle.index + 2 * this.#best.half) done.push(...this.#emit())
    if (frame - this.#judged < EVERY || this.#history.at(frame)?.index !== frame) return done
    this.#judged = frame
    for (const half of HALVES) {
      const found = this.#around(frame, half)
      if (!found || found.confidence <= (this.#best?.confidence ?? 0)) continue
      // The next dissolve may come, and be plainer, before this one's echoes have passed.
      if (this.#best && isApart(this.#best, found)) done.push(...this.#emit())
      this.#best = found
    }
    return done
  }

  #emit(): Boundary[] {
    const best = this.#best
    this.#best = null
    if (!best) return []
    const { middle, confidence, lasting } = best
    return [{ frame: middle.index, time: middle.time, kind: 'dissolve', confidence, lasting }]
  }

  #around(frame: number, half: number): Dissolve | null {
    const quarter = Math.round(half / 2)
    const pictures = [-half, -quarter, 0, quarter, half].map((offset) => this.#history.at(frame + offset))
    const [from, early, middle, late, to] = pictures
    if (!from || !early || !middle || !late || !to) return null
    if (Math.min(from.contrast, to.contrast) < LEAST_CONTRAST) return null
    const most = mostError(flatness(from, middle, to))
    if (!isWorthALook(from, middle, to, most)) return null
    const apart = difference(from, to)
    if (apart < LEAST_DIFFERENCE) return null
    const errors = [early, middle, late].map((one) => mixtureError(from, to, one, placeOf(one, from, to)) / apart)
    const error = errors.reduce((sum, one) => sum + one, 0) / errors.length
    if (error > WORSE * most || this.#jumps(frame, half, apart)) return null
    if (correlation(...inCommonView(from, to)) > SAME_CORRELATION) return null
    return dissolveOf({ from, middle, to, half, error, most })
  }

  #jumps(frame: number, half: number, apart: number): boolean {
    for (let at = frame - half + 1; at <= frame + half; at++) {
      if ((this.#history.at(at)?.change ?? 0) > MOST_STEP * apart) return true
    }
    return false
  }
}

interface Mixture {
  from: Picture
  middle: Picture
  to: Picture
  half: number
  error: number
  /** What the error may be. */
  most: number
}

/** Whether the ends of what looks like a mixture show different things. */
function dissolveOf({ from, middle, to, half, error, most }: Mixture): Dissolve | null {
  const changed = mismatch(from, to)
  const least = LEAST_MISMATCH_OF_GOOD + (LEAST_MISMATCH - LEAST_MISMATCH_OF_GOOD) * Math.min(1, error / POOR)
  if (changed < least / WORSE) return null
  const share = changedShare(from, to)
  if (share < LEAST_CHANGED / WORSE) return null
  const isOne = error <= most && changed >= least && share >= LEAST_CHANGED
  const confidence = isOne
    ? Math.min(1, 0.5 + (changed * (1 - error / most)) / 2)
    : 0.5 * Math.min(1, most / error, changed / least, share / LEAST_CHANGED)
  return { middle, half, lasting: to.time - from.time, confidence }
}

/** Where between the ends a picture lies, 0..1: by the frames that they really are, whichever were left out. */
function placeOf(one: Picture, from: Picture, to: Picture): number {
  return (one.index - from.index) / (to.index - from.index)
}

/** Turns away, cheaply, what the thresholds would turn away anyway. */
function isWorthALook(from: Picture, middle: Picture, to: Picture, most: number): boolean {
  const apart = glanceDifference(from, to)
  if (apart < LEAST_DIFFERENCE * (1 - GLANCE_ERROR)) return false
  const error = glanceMixtureError(from, to, middle, placeOf(middle, from, to))
  return error <= WORSE * most * apart * (1 + 2 * GLANCE_ERROR)
}

/** Whether two findings are of two dissolves. */
function isApart(a: Dissolve, b: Dissolve): boolean {
  return b.middle.index - a.middle.index > a.half + b.half / 2
}

/** Contrast of the middle beside that of the ends; without the bars, whose black is contrast that no dissolve takes away. */
function flatness(from: Picture, middle: Picture, to: Picture): number {
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
