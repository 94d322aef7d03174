import { ANALYSIS_HEIGHT, ANALYSIS_WIDTH, type AnalysisFrame } from '../detector.ts'
import { type Bars, commonView, findBars, stretched } from './bars.ts'

export const PLANE = ANALYSIS_WIDTH * ANALYSIS_HEIGHT

/** A frame with what every judgement asks of it, measured once. */
export interface Picture {
  readonly index: number
  readonly time: number
  readonly pixels: Uint8Array
  /** Mean brightness, 0..255. */
  readonly mean: number
  /** Standard deviation of brightness: near 0 for an empty picture. */
  readonly contrast: number
  readonly bars: Bars
  /** `difference` to the picture before it; 0 for the first. */
  readonly change: number
}

/** @param before the picture before it, of which other frames may have been left out. */
export function measure(frame: AnalysisFrame, before: Picture | null): Picture {
  let sum = 0
  let squares = 0
  for (let at = 0; at < PLANE; at++) {
    const luma = frame.pixels[at] as number
    sum += luma
    squares += luma * luma
  }
  const mean = sum / PLANE
  const contrast = Math.sqrt(Math.max(0, squares / PLANE - mean * mean))
  const picture = { ...frame, mean, contrast, bars: findBars(frame.pixels), change: 0 }
  return before ? { ...picture, change: difference(before, picture) } : picture
}

/** Both pictures without the black bars that either of them has. */
export function inCommonView(a: Picture, b: Picture): readonly [Picture, Picture] {
  const view = commonView(a.bars, b.bars)
  if (!view) return [a, b]
  const seen = (picture: Picture): Picture => measure({ ...picture, pixels: stretched(picture.pixels, view) }, null)
  return [seen(a), seen(b)]
}

/** Mean change of a pixel between two pictures, brightness and colour alike, 0..255. */
export function difference(a: Picture, b: Picture): number {
  let sum = 0
  for (let at = 0; at < 3 * PLANE; at++) sum += Math.abs((a.pixels[at] as number) - (b.pixels[at] as number))
  // Colour planes change less than brightness; a third each would drown it.
  return sum / (2 * PLANE)
}

/** How far the brightness of two pictures goes together, -1..1, whatever their levels and contrasts are. */
export function correlation(a: Picture, b: Picture): number {
  let sum = 0
  for (let at = 0; at < PLANE; at++) sum += ((a.pixels[at] as number) - a.mean) * ((b.pixels[at] as number) - b.mean)
  return sum / PLANE / Math.max(1, a.contrast * b.contrast)
}

/** A pixel whose three values differ by less in all is the same, but for the coding. */
const DIFFERING = 24

/** Share of the pixels, 0..1, that differ. */
export function differingShare(a: Picture, b: Picture): number {
  let differing = 0
  for (let at = 0; at < PLANE; at++) {
    const luma = Math.abs((a.pixels[at] as number) - (b.pixels[at] as number))
    const blue = Math.abs((a.pixels[at + PLANE] as number) - (b.pixels[at + PLANE] as number))
    const red = Math.abs((a.pixels[at + 2 * PLANE] as number) - (b.pixels[at + 2 * PLANE] as number))
    if (luma + blue + red > DIFFERING) differing++
  }
  return differing / PLANE
}

/** A thirteenth of the pixels, spread over all columns and planes: to turn away what is far from any threshold. */
const GLANCE_STEP = 13

/** About what `difference` says, at a thirteenth of its cost; within some hundredths of it. */
export function glanceDifference(a: Picture, b: Picture): number {
  let sum = 0
  for (let at = 0; at < 3 * PLANE; at += GLANCE_STEP)
    sum += Math.abs((a.pixels[at] as number) - (b.pixels[at] as number))
  return (GLANCE_STEP * sum) / (2 * PLANE)
}

/** About what `mixtureError` says, at a thirteenth of its cost. */
export function glanceMixtureError(from: Picture, to: Picture, picture: Picture, share: number): number {
  let sum = 0
  for (let at = 0; at < 3 * PLANE; at += GLANCE_STEP) {
    const mixed = (1 - share) * (from.pixels[at] as number) + share * (to.pixels[at] as number)
    sum += Math.abs((picture.pixels[at] as number) - mixed)
  }
  return (GLANCE_STEP * sum) / (2 * PLANE)
}

/** Mean difference of a picture to the mixture with `share` of `to`, in the measure of `difference`. */
export function mixtureError(from: Picture, to: Picture, picture: Picture, share: number): number {
  let sum = 0
  for (let at = 0; at < 3 * PLANE; at++) {
    const mixed = (1 - share) * (from.pixels[at] as number) + share * (to.pixels[at] as number)
    sum += Math.abs((picture.pixels[at] as number) - mixed)
  }
  return sum / (2 * PLANE)
}
