import type { Boundary } from '../detector.ts'
import { History } from './history.ts'
import { mismatch } from './mismatch.ts'
import { difference, PLANE, type Picture } from './picture.ts'
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
/** Two pictures laid over each other have less contrast than both; a pan between them has not. */
const MOST_CONTRAST = 0.92
const LEAST_MISMATCH = 0.65

interface Dissolve {
  middle: Picture
  half: number
  strength: number
}

/**
 * Dissolves: between two ends that show different things, every picture is a mixture of both in proportion to its
 * place, and flatter than either.
 */
export class DissolveDetector implements TransitionDetector {
  readonly #history = new History(2 * LONGEST + 1)
  #last = -1
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
    const done = this.#best && frame > this.#best.middle.index + 2 * this.#best.half ? this.#emit() : []
    if (frame % EVERY !== 0) return done
    for (const half of HALVES) {
      const found = this.#around(frame, half)
      if (found && found.strength > (this.#best?.strength ?? 0)) this.#best = found
    }
    return done
  }

  #emit(): Boundary[] {
    const best = this.#best
    this.#best = null
    if (!best) return []
    const { index, time } = best.middle
    return [{ frame: index, time, kind: 'dissolve', confidence: Math.min(1, 0.4 + best.strength / 2) }]
  }

  #around(frame: number, half: number): Dissolve | null {
    const quarter = Math.round(half / 2)
    const pictures = [-half, -quarter, 0, quarter, half].map((offset) => this.#history.at(frame + offset))
    const [from, early, middle, late, to] = pictures
    if (!from || !early || !middle || !late || !to) return null
    if (Math.min(from.contrast, to.contrast) < LEAST_CONTRAST) return null
    if (middle.contrast > (MOST_CONTRAST * (from.contrast + to.contrast)) / 2) return null
    const apart = difference(from, to)
    if (apart < LEAST_DIFFERENCE) return null
    const share = quarter / half / 2
    const halfway = mixtureError(from, to, middle, 0.5) / apart
    if (halfway > MOST_ERROR) return null
    const sides = mixtureError(from, to, early, 0.5 - share) + mixtureError(from, to, late, 0.5 + share)
    const error = (halfway + sides / apart) / 3
    if (error > MOST_ERROR) return null
    const changed = mismatch(from, to)
    return changed < LEAST_MISMATCH ? null : { middle, half, strength: changed * (1 - error / MOST_ERROR) }
  }
}

/** Mean difference of a picture to the mixture with `share` of `to`, in the measure of `difference`. */
function mixtureError(from: Picture, to: Picture, picture: Picture, share: number): number {
  let sum = 0
  for (let at = 0; at < 3 * PLANE; at++) {
    const mixed = (1 - share) * (from.pixels[at] as number) + share * (to.pixels[at] as number)
    sum += Math.abs((picture.pixels[at] as number) - mixed)
  }
  return sum / (2 * PLANE)
}
