import type { Pixels, Region } from './pixels.ts'

/** Pixels of the source that make one of the target, and how much each of them counts; the weights add up to 1. */
interface Taps {
  readonly first: Int32Array
  readonly count: number
  /** `count` weights for each pixel of the target. */
  readonly weights: Float32Array
}

/**
 * Fits a part of a picture into a place of another: shrinking averages all the pixels that fall together, enlarging
 * blends neighbours.
 * @param place where it goes in the target; whole pixels.
 */
export function resize(source: Pixels, region: Region, target: Pixels, place: Region): void {
  const columns = taps(region.left, region.width, source.width, place.width)
  const rows = taps(region.top, region.height, source.height, place.height)
  const from = (columns.first[0] ?? 0) * 3
  const to = Math.min(source.width, (columns.first.at(-1) ?? 0) + columns.count) * 3
  const line = new Float32Array(source.width * 3)
  for (let y = 0; y < place.height; y += 1) {
    line.fill(0, from, to)
    for (let tap = 0; tap < rows.count; tap += 1) {
      const weight = rows.weights[y * rows.count + tap] ?? 0
      if (weight > 0) addRow(line, source, (rows.first[y] ?? 0) + tap, weight, from, to)
    }
    writeRow(line, columns, target.data, ((place.top + y) * target.width + place.left) * 3)
  }
}

function addRow(line: Float32Array, source: Pixels, y: number, weight: number, from: number, to: number): void {
  const { data } = source
  const offset = y * source.width * 3
  // `line[x]!` would be checked for undefined at every sum: the loop is what resizing costs
  for (let x = from; x < to; x += 1) line[x] = (line[x] as number) + (data[offset + x] as number) * weight
}

function writeRow(line: Float32Array, { first, count, weights }: Taps, data: Uint8Array, offset: number): void {
  for (let x = 0, at = offset, w = 0; x < first.length; x += 1, at += 3) {
    let [red, green, blue] = [0.5, 0.5, 0.5]
    for (let tap = 0, from = (first[x] as number) * 3; tap < count; tap += 1, w += 1, from += 3) {
      const weight = weights[w] as number
      if (weight === 0) continue
      red += (line[from] as number) * weight
      green += (line[from + 1] as number) * weight
      blue += (line[from + 2] as number) * weight
    }
    data[at] = red
    data[at + 1] = green
    data[at + 2] = blue
  }
}

function taps(start: number, length: number, limit: number, pixels: number): Taps {
  const scale = length / pixels
  const reach = Math.max(1, scale)
  const count = Math.ceil(reach) + 1
  const first = new Int32Array(pixels)
  const weights = new Float32Array(pixels * count)
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const middle = start + (pixel + 0.5) * scale
    const begin = Math.floor(middle - reach / 2)
    first[pixel] = Math.min(limit - 1, Math.max(0, begin))
    let sum = 0
    for (let tap = 0; tap < count; tap += 1) {
      const left = Math.max(begin + tap, middle - reach / 2)
      const covered = Math.min(begin + tap + 1, middle + reach / 2) - left
      if (covered <= 0) continue
      // what hangs over the edge counts for the pixel at the edge
      const at = Math.min(limit - 1, Math.max(0, begin + tap)) - (first[pixel] as number)
      weights[pixel * count + at] = (weights[pixel * count + at] as number) + covered
      sum += covered
    }
    for (let tap = 0; tap < count; tap += 1)
      weights[pixel * count + tap] = (weights[pixel * count + tap] as number) / sum
  }
  return { first, count, weights }
}
