import { PLANE, SAMPLE_STEP, type MeasuredFrame } from './measured-frame.ts'

type Pixels = Pick<MeasuredFrame, 'pixels'>

/** Share of the later frame in a mixture of two, 0..1, by least squares. */
export function mixedShare(from: Pixels, to: Pixels, picture: Pixels): number {
  let products = 0
  let squares = 1
  for (let at = 0; at < 3 * PLANE; at += 2) {
    const start = from.pixels[at] as number
    const way = (to.pixels[at] as number) - start
    products += way * ((picture.pixels[at] as number) - start)
    squares += way * way
  }
  return Math.min(1, Math.max(0, products / squares))
}

/**
 * Mean distance of a frame's pixels to the nearest mixture of two others, each pixel with a share of its own, grey levels:
 * little in dissolves and in wipes of every shape.
 */
export function distanceToMixtures(from: Pixels, to: Pixels, picture: Pixels): number {
  const [a, b, m] = [from.pixels, to.pixels, picture.pixels]
  let sum = 0
  for (let at = 0; at < PLANE; at++) sum += pixelDistance(a, b, m, at)
  return sum / (2 * PLANE)
}

function pixelDistance(a: Uint8Array, b: Uint8Array, m: Uint8Array, at: number): number {
  let products = 0
  let squares = 0
  for (let plane = at; plane < 3 * PLANE; plane += PLANE) {
    const way = (b[plane] as number) - (a[plane] as number)
    products += way * ((m[plane] as number) - (a[plane] as number))
    squares += way * way
  }
  const share = squares === 0 ? 0 : Math.min(1, Math.max(0, products / squares))
  let sum = 0
  for (let plane = at; plane < 3 * PLANE; plane += PLANE) {
    const start = a[plane] as number
    sum += Math.abs((m[plane] as number) - start - share * ((b[plane] as number) - start))
  }
  return sum
}

/** What a frame between two shots shows of them, of the pixels that tell the shots apart. */
export interface Shown {
  /** Share of all pixels that tell the shots apart. */
  readonly telling: number
  /** Share that shows the later shot, and share that shows neither. */
  readonly later: number
  readonly neither: number
}

/** Sum of the differences of a pixel's three values, from which on it tells two shots apart. */
const TELLING = 36
/** A pixel this far from both shots, as a share of their difference, shows neither. */
const NEITHER = 0.34

export function shownOf(from: Pixels, to: Pixels, picture: Pixels): Shown {
  let [telling, later, neither] = [0, 0, 0]
  for (let at = 0; at < PLANE; at++) {
    let [apart, toFrom, toTo] = [0, 0, 0]
    for (let plane = at; plane < 3 * PLANE; plane += PLANE) {
      const [a, b, m] = [from.pixels[plane] as number, to.pixels[plane] as number, picture.pixels[plane] as number]
      apart += Math.abs(a - b)
      toFrom += Math.abs(m - a)
      toTo += Math.abs(m - b)
    }
    if (apart < TELLING) continue
    telling++
    if (toTo < toFrom) later++
    if (Math.min(toFrom, toTo) > NEITHER * apart) neither++
  }
  const all = Math.max(1, telling)
  return { telling: telling / PLANE, later: later / all, neither: neither / all }
}

/** `distanceToMixtures` within a few hundredths, at a thirteenth of the cost. */
export function approximateDistanceToMixtures(from: Pixels, to: Pixels, picture: Pixels): number {
  let sum = 0
  for (let at = 0; at < PLANE; at += SAMPLE_STEP) sum += pixelDistance(from.pixels, to.pixels, picture.pixels, at)
  return (SAMPLE_STEP * sum) / (2 * PLANE)
}
