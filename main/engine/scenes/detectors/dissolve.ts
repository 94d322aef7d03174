import type { Boundary } from '../detector.ts'
import { History } from './history.ts'
import { changedShare, mismatch } from './mismatch.ts'
import {
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
const LEAST_CONTRAST = 8
/** How badly, as a share of the ends' difference, the pictures between may be told from a mixture. Motion alone gives .4 and more. */
const MOST_ERROR = 0.28
/** How far a glance may be off. */
const GLANCE_ERROR = 0.2
/** Two pictures laid over each other have less contrast than both; a pan between them has not. */
const MOST_CONTRAST = 0.92
/** Ends that must differ this much when the mixture is poor; a good one says so by itself, down to a lower bound. */
const LEAST_MISMATCH = 0.65
const LEAST_MISMATCH_OF_GOOD = 0.45
/** Share of the picture that must show something else: a title or a bar that comes softly changes less. */
const LEAST_CHANGED = 0.7

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
    this.#history.add(picture)
    this.#last = picture.index
    return this.#judge(picture.index - LONGEST)
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
    if (!isWorthALook(from, middle, to)) return null
    const apart = difference(from, to)
    if (apart < LEAST_DIFFERENCE) return null
    // By the frames that they really are: others may stand in for those that were left out.
    const errorOf = (one: Picture): number =>
      mixtureError(from, to, one, (one.index - from.index) / (to.index - from.index))
    const halfway = errorOf(middle) / apart
    if (halfway > WORSE * MOST_ERROR) return null
    const sides = errorOf(early) + errorOf(late)
    const error = (halfway + sides / apart) / 3
    if (error > WORSE * MOST_ERROR) return null
    if (!isFlatter(from, middle, to)) return null
    const changed = mismatch(from, to)
    const least =
      LEAST_MISMATCH_OF_GOOD + (LEAST_MISMATCH - LEAST_MISMATCH_OF_GOOD) * Math.min(1, error / (0.7 * MOST_ERROR))
    if (changed < least / WORSE) return null
    const share = changedShare(from, to)
    if (share < LEAST_CHANGED / WORSE) return null
    const confidence =
      Math.max(halfway, error) <= MOST_ERROR && changed >= least && share >= LEAST_CHANGED
        ? Math.min(1, 0.5 + (changed * (1 - error / MOST_ERROR)) / 2)
        : 0.5 * Math.min(MOST_ERROR / error, MOST_ERROR / halfway, changed / least, share / LEAST_CHANGED)
    return { middle, half, lasting: to.time - from.time, confidence: Math.min(confidence, 1) }
  }
}

/** Turns away, cheaply, what the thresholds would turn away anyway. */
function isWorthALook(from: Picture, middle: Picture, to: Picture): boolean {
  const apart = glanceDifference(from, to)
  if (apart < LEAST_DIFFERENCE * (1 - GLANCE_ERROR)) return false
  const share = (middle.index - from.index) / (to.index - from.index)
  return glanceMixtureError(from, to, middle, share) <= WORSE * MOST_ERROR * apart * (1 + 2 * GLANCE_ERROR)
}

/** Whether two findings are of two dissolves. */
function isApart(a: Dissolve, b: Dissolve): boolean {
  return b.middle.index - a.middle.index > a.half + b.half / 2
}

/** Without the bars of both ends, whose black is contrast that no dissolve takes away. */
function isFlatter(from: Picture, middle: Picture, to: Picture): boolean {
  const [first, last] = inCommonView(from, to)
  const between = inCommonView({ ...middle, bars: to.bars }, from)[0]
  return between.contrast <= (MOST_CONTRAST * (first.contrast + last.contrast)) / 2
}
