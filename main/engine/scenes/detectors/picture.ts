import { ANALYSIS_HEIGHT, ANALYSIS_WIDTH, type AnalysisFrame } from '../detector.ts'

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
}

export function measure(frame: AnalysisFrame): Picture {
  let sum = 0
  let squares = 0
  for (let at = 0; at < PLANE; at++) {
    const luma = frame.pixels[at] as number
    sum += luma
    squares += luma * luma
  }
  const mean = sum / PLANE
  return { ...frame, mean, contrast: Math.sqrt(Math.max(0, squares / PLANE - mean * mean)) }
}

/** Mean change of a pixel between two pictures, brightness and colour alike, 0..255. */
export function difference(a: Picture, b: Picture): number {
  let sum = 0
  for (let at = 0; at < 3 * PLANE; at++) sum += Math.abs((a.pixels[at] as number) - (b.pixels[at] as number))
  // Colour planes change less than brightness; a third each would drown it.
  return sum / (2 * PLANE)
}
