import type { Pixels, Region } from './pixels.ts'

/** Fixed-point arithmetic for speed: weights have so many fractional bits. */
const WEIGHT_BITS = 14
/** Sums over rows keep so many fractional bits, so that sums over columns do not overflow. */
const ROW_BITS = 8

/** Pixels of the source that make one of the target, and how much each of them counts; the weights add up to one. */
interface Taps {
  readonly first: Int32Array
  readonly count: number
  /** `count` weights for each pixel of the target. */
  readonly weights: Int32Array
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
  const line = new Int32Array((source.width + columns.count) * 3)
  for (let y = 0; y < place.height; y += 1) {
    line.fill(0)
    for (let tap = 0; tap < rows.count; tap += 1) {
      const weight = rows.weights[y * rows.count + tap] ?? 0
      const row = ((rows.first[y] ?? 0) + tap) * source.width * 3
      if (weight > 0) addRow(line, source.data.subarray(row, row + to), weight, from)
    }
    for (let x = from; x < to; x += 1) line[x] = (line[x] as number) >> (WEIGHT_BITS - ROW_BITS)
    const offset = ((place.top + y) * target.width + place.left) * 3
    writeRow(line, columns, target.data.subarray(offset, offset + place.width * 3))
  }
}

function addRow(line: Int32Array, row: Uint8Array, weight: number, from: number): void {
  for (let x = from; x < row.length; x += 1) line[x] = ((line[x] as number) + Math.imul(row[x] as number, weight)) | 0
}

function writeRow(line: Int32Array, { first, count, weights }: Taps, row: Uint8Array): void {
  const half = 1 << (WEIGHT_BITS + ROW_BITS - 1)
  for (let at = 0, w = 0, x = 0; at < row.length; at += 3, x += 1) {
    let red = half
    let green = half
    let blue = half
    let from = Math.imul(first[x] as number, 3)
    for (let tap = 0; tap < count; tap += 1) {
      const weight = weights[w] as number
      red = (red + Math.imul(line[from] as number, weight)) | 0
      green = (green + Math.imul(line[from + 1] as number, weight)) | 0
      blue = (blue + Math.imul(line[from + 2] as number, weight)) | 0
      w += 1
      from += 3
    }
    row[at] = red >> (WEIGHT_BITS + ROW_BITS)
    row[at + 1] = green >> (WEIGHT_BITS + ROW_BITS)
    row[at + 2] = blue >> (WEIGHT_BITS + ROW_BITS)
  }
}

function taps(start: number, length: number, limit: number, pixels: number): Taps {
  const scale = length / pixels
  const reach = Math.max(1, scale)
  const count = Math.ceil(reach) + 1
  const first = new Int32Array(pixels)
  const weights = new Int32Array(pixels * count)
  const covered = new Float64Array(count)
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const middle = start + (pixel + 0.5) * scale
    const begin = Math.floor(middle - reach / 2)
    first[pixel] = Math.min(limit - 1, Math.max(0, begin))
    covered.fill(0)
    for (let tap = 0; tap < count; tap += 1) {
      const left = Math.max(begin + tap, middle - reach / 2)
      const part = Math.min(begin + tap + 1, middle + reach / 2) - left
      if (part <= 0) continue
      // Beyond the edge, the pixel at the edge is repeated.
      const at = Math.min(limit - 1, Math.max(0, begin + tap)) - (first[pixel] as number)
      covered[at] = (covered[at] as number) + part / reach
    }
    // Rounded as a running sum, so that the weights add up exactly.
    let [sum, before] = [0, 0]
    for (let tap = 0; tap < count; tap += 1) {
      sum += covered[tap] as number
      const after = Math.round(sum * (1 << WEIGHT_BITS))
      weights[pixel * count + tap] = after - before
      before = after
    }
  }
  return { first, count, weights }
}
