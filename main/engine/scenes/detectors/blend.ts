import { PLANE, type MeasuredFrame } from './measured-frame.ts'

type Pixels = Pick<MeasuredFrame, 'pixels'>

/** Share of the later frame in a mixture of two, 0..1, by least squares. @param step every so many pixels are used. */
export function mixedShare(from: Pixels, to: Pixels, picture: Pixels, step = 2): number {
  const [a, b, m] = [from.pixels, to.pixels, picture.pixels]
  let products = 0
  let squares = 1
  for (let at = 0; at < 3 * PLANE; at += step) {
    const start = a[at] as number
    const way = (b[at] as number) - start
    products += way * ((m[at] as number) - start)
    squares += way * way
  }
  return Math.min(1, Math.max(0, products / squares))
}

/**
 * Mean distance of a frame's pixels to the nearest mixture of two others, each pixel with a share of its own, grey levels:
 * little in dissolves and in wipes of every shape. @param step every so many pixels are used.
 */
export function distanceToMixtures(from: Pixels, to: Pixels, picture: Pixels, step: number): number {
  const [a, b, m] = [from.pixels, to.pixels, picture.pixels]
  let sum = 0
  for (let at = 0; at < PLANE; at += step) sum += pixelDistance(a, b, m, at)
  return (step * sum) / (2 * PLANE)
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
