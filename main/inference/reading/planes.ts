import { Tensor } from 'onnxruntime-node'
import type { Pixels } from '../pixels.ts'

/** Subtracted from each colour (0..1), and its divisor; in the order blue, green, red. */
export interface Scale {
  readonly mean: readonly [number, number, number]
  readonly deviation: readonly [number, number, number]
}

/** For the models of single lines: -1..1. */
export const EVEN: Scale = { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] }

/** A picture as the models' input: a plane of blue, one of green, one of red; grey to the right up to `width`. */
export function planes(picture: Pixels, { mean, deviation }: Scale, width = picture.width): Tensor {
  const { data, height } = picture
  const numbers = new Float32Array(3 * width * height)
  for (let plane = 0; plane < 3; plane += 1) {
    const factor = 1 / 255 / (deviation[plane] ?? 1)
    const offset = (mean[plane] ?? 0) / (deviation[plane] ?? 1)
    for (let y = 0; y < height; y += 1) {
      const row = (plane * height + y) * width
      const from = y * picture.width * 3 + 2 - plane
      for (let x = 0; x < picture.width; x += 1) numbers[row + x] = (data[from + 3 * x] ?? 0) * factor - offset
    }
  }
  return new Tensor('float32', numbers, [1, 3, height, width])
}
