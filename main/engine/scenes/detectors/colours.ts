import { PLANE, type MeasuredFrame } from './measured-frame.ts'

const BINS = 16
const BIN_SHIFT = 4

/** Distances of the histograms of brightness and both colours, 0..1 each: independent of where things are. */
export function histogramDistances(a: MeasuredFrame, b: MeasuredFrame): [number, number, number] {
  const distance = (plane: number): number => {
    const [one, other] = [histogram(a.pixels, plane), histogram(b.pixels, plane)]
    let sum = 0
    let [soFarOne, soFarOther] = [0, 0]
    // between cumulated histograms: the next bin is nearer than the last one
    for (let bin = 0; bin < BINS; bin++) {
      soFarOne += one[bin] as number
      soFarOther += other[bin] as number
      sum += Math.abs(soFarOne - soFarOther)
    }
    return sum / PLANE
  }
  return [distance(0), distance(1), distance(2)]
}

/** How many pixels fall into other bins, 0..1, over all three planes together. */
export function histogramShare(a: MeasuredFrame, b: MeasuredFrame): number {
  let sum = 0
  for (let plane = 0; plane < 3; plane++) {
    const [one, other] = [histogram(a.pixels, plane), histogram(b.pixels, plane)]
    for (let bin = 0; bin < BINS; bin++) sum += Math.abs((one[bin] as number) - (other[bin] as number))
  }
  return sum / (6 * PLANE)
}

function histogram(pixels: Uint8Array, plane: number): Uint32Array {
  const bins = new Uint32Array(BINS)
  for (let at = plane * PLANE; at < (plane + 1) * PLANE; at++) {
    const bin = (pixels[at] as number) >> BIN_SHIFT
    bins[bin] = (bins[bin] as number) + 1
  }
  return bins
}

/** Mean of a colour plane, 0..255. */
export function meanOf(pixels: Uint8Array, plane: number): number {
  let sum = 0
  for (let at = plane * PLANE; at < (plane + 1) * PLANE; at++) sum += pixels[at] as number
  return sum / PLANE
}

/**
 * What is left of the difference, grey levels, when brightness and colours of one frame are fitted to the other by a factor
 * and an offset: nothing for another exposure or white balance.
 */
export function differenceFitted(a: MeasuredFrame, b: MeasuredFrame): number {
  let sum = 0
  for (let plane = 0; plane < 3; plane++) sum += fittedPlane(a.pixels, b.pixels, plane)
  return sum / (2 * PLANE)
}

function fittedPlane(a: Uint8Array, b: Uint8Array, plane: number): number {
  const [meanA, meanB] = [meanOf(a, plane), meanOf(b, plane)]
  let squares = 1
  let products = 0
  for (let at = plane * PLANE; at < (plane + 1) * PLANE; at++) {
    const from = (a[at] as number) - meanA
    squares += from * from
    products += from * ((b[at] as number) - meanB)
  }
  const gain = Math.max(0, products / squares)
  let sum = 0
  for (let at = plane * PLANE; at < (plane + 1) * PLANE; at++) {
    sum += Math.abs((b[at] as number) - meanB - gain * ((a[at] as number) - meanA))
  }
  return sum
}
