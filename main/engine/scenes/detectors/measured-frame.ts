import { ANALYSIS_HEIGHT, ANALYSIS_WIDTH, type AnalysisFrame } from '../detector.ts'
import { type Bars, commonView, findBars, stretched, viewShare } from './bars.ts'

export const PLANE = ANALYSIS_WIDTH * ANALYSIS_HEIGHT

/** A frame with the measurements that all detectors use. */
export interface MeasuredFrame {
  readonly index: number
  readonly time: number
  readonly pixels: Uint8Array
  /** Mean brightness, 0..255. */
  readonly mean: number
  /** Standard deviation of brightness: near 0 for an empty frame. */
  readonly contrast: number
  /** Mean step of brightness from one pixel to the next in a row: small where the picture is blurred or empty. */
  readonly sharpness: number
  readonly bars: Bars
  /** `distance` to the frame before it; 0 for the first. */
  readonly change: number
}

type Pixels = Pick<MeasuredFrame, 'pixels'>

/** @param before the decoded frame before it. */
export function measure(frame: AnalysisFrame, before: MeasuredFrame | null): MeasuredFrame {
  let sum = 0
  let squares = 0
  let steps = 0
  let last = frame.pixels[0] as number
  for (let at = 0; at < PLANE; at++) {
    const luma = frame.pixels[at] as number
    sum += luma
    squares += luma * luma
    steps += Math.abs(luma - last)
    last = luma
  }
  const mean = sum / PLANE
  const contrast = Math.sqrt(Math.max(0, squares / PLANE - mean * mean))
  const measured = { ...frame, mean, contrast, sharpness: steps / PLANE, bars: findBars(frame.pixels), change: 0 }
  return before ? { ...measured, change: distance(before, measured) } : measured
}

/** Both frames without the black bars that either of them has. */
export function inCommonView(a: MeasuredFrame, b: MeasuredFrame): readonly [MeasuredFrame, MeasuredFrame] {
  const view = commonView(a.bars, b.bars)
  if (!view) return [a, b]
  return [inView(a, view), inView(b, view)]
}

/** A frame without these bars, measured again. */
export function inView(picture: MeasuredFrame, view: Bars): MeasuredFrame {
  const { change } = picture
  return { ...measure({ ...picture, pixels: stretched(picture.pixels, view) }, null), change }
}

/** `difference` where both frames have no black bars: a picture between bars differs as much as one without. */
export function distance(a: MeasuredFrame, b: MeasuredFrame): number {
  return difference(a, b) / viewShare(commonView(a.bars, b.bars))
}

/** `distance` within a few hundredths, at a thirteenth of the cost. */
export function approximateDistance(a: MeasuredFrame, b: MeasuredFrame): number {
  return approximateDifference(a, b) / viewShare(commonView(a.bars, b.bars))
}

/** Approximations use every thirteenth pixel, which covers all columns and planes. */
export const SAMPLE_STEP = 13

/** Mean difference of a pixel, brightness and colours together, 0..255. */
export function difference(a: Pixels, b: Pixels): number {
  return meanDifference(a, b, 1)
}

/** `difference` within a few hundredths, at a thirteenth of the cost. */
export function approximateDifference(a: Pixels, b: Pixels): number {
  return meanDifference(a, b, SAMPLE_STEP)
}

function meanDifference(a: Pixels, b: Pixels, step: number): number {
  let sum = 0
  for (let at = 0; at < 3 * PLANE; at += step) sum += Math.abs((a.pixels[at] as number) - (b.pixels[at] as number))
  // Colours change less than brightness: a mean over three planes would give them too much weight.
  return (step * sum) / (2 * PLANE)
}

/** `difference` of a frame to the mixture of two others with `share` of `to`. @param step every so many pixels are used. */
export function mixtureError(from: Pixels, to: Pixels, picture: Pixels, share: number, step = 1): number {
  const [a, b, m] = [from.pixels, to.pixels, picture.pixels]
  let sum = 0
  for (let at = 0; at < 3 * PLANE; at += step) {
    const start = a[at] as number
    sum += Math.abs((m[at] as number) - start - share * ((b[at] as number) - start))
  }
  return (step * sum) / (2 * PLANE)
}

/** Correlation of the brightness of two frames, -1..1. */
export function correlation(a: MeasuredFrame, b: MeasuredFrame): number {
  let sum = 0
  for (let at = 0; at < PLANE; at++) sum += ((a.pixels[at] as number) - a.mean) * ((b.pixels[at] as number) - b.mean)
  return sum / PLANE / Math.max(1, a.contrast * b.contrast)
}

/** Sum of the differences of a pixel's three values, up to which it counts as the same. */
const DIFFERING = 24

/** Share of the pixels, 0..1, that differ. */
export function differingShare(a: Pixels, b: Pixels): number {
  let differing = 0
  for (let at = 0; at < PLANE; at++) if (pixelDifference(a.pixels, b.pixels, at) > DIFFERING) differing++
  return differing / PLANE
}

/** Sum of the differences of a pixel's three values, up to which it is exactly the same but for coding noise. */
const STILL = 9

/** Share of the pixels, 0..1, that stay the same: most do under a title. */
export function stillShare(a: Pixels, b: Pixels): number {
  let still = 0
  for (let at = 0; at < PLANE; at++) if (pixelDifference(a.pixels, b.pixels, at) <= STILL) still++
  return still / PLANE
}

/** Sum over brightness and both colours of one pixel. */
function pixelDifference(a: Uint8Array, b: Uint8Array, at: number): number {
  return (
    Math.abs((a[at] as number) - (b[at] as number)) +
    Math.abs((a[at + PLANE] as number) - (b[at + PLANE] as number)) +
    Math.abs((a[at + 2 * PLANE] as number) - (b[at + 2 * PLANE] as number))
  )
}
