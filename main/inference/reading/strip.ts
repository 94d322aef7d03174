import type { Corner } from '../../engine/models/index.ts'
import type { Pixels } from '../pixels.ts'

/** Height of the models' input for a line. */
export const STRIP_HEIGHT = 48

/** Corners of a line, clockwise from where reading begins. */
export type Corners = readonly [Corner, Corner, Corner, Corner]

/** A line that may be bent. */
export interface Course {
  readonly corners: Corners
  /** At even distances from its beginning to its end: how far it runs below its corners' middle, in its own height. */
  readonly bend: readonly number[]
}

/** Length by height of a line. */
export function aspectOf({ corners: [start, end, , below] }: Course): number {
  const length = Math.hypot(end[0] - start[0], end[1] - start[1])
  return length / Math.max(1e-6, Math.hypot(below[0] - start[0], below[1] - start[1]))
}

/** Cuts a line out of the picture and straightens it, 48 pixels high. */
export function straightened(picture: Pixels, { corners, bend }: Course, width: number): Pixels {
  const [start, end, , below] = corners
  const strip = { data: new Uint8Array(width * STRIP_HEIGHT * 3), width, height: STRIP_HEIGHT }
  const right: Corner = [(end[0] - start[0]) / width, (end[1] - start[1]) / width]
  const down: Corner = [(below[0] - start[0]) / STRIP_HEIGHT, (below[1] - start[1]) / STRIP_HEIGHT]
  // A pixel of the strip that covers several of the picture is their mean.
  const samples = Math.min(4, Math.max(1, Math.round(Math.hypot(...down))))
  const sum: [number, number, number] = [0, 0, 0]
  const offsets = Float32Array.from({ length: width }, (_, x) => bendAt(bend, x / width) * STRIP_HEIGHT)
  for (let y = 0, at = 0; y < STRIP_HEIGHT; y += 1) {
    for (let x = 0; x < width; x += 1, at += 3) {
      sum.fill(0)
      for (let sample = 0; sample < samples * samples; sample += 1) {
        const u = x + ((sample % samples) + 0.5) / samples
        const v = y + (Math.floor(sample / samples) + 0.5) / samples + (offsets[x] ?? 0)
        addBlended(sum, picture, start[0] + right[0] * u + down[0] * v, start[1] + right[1] * u + down[1] * v)
      }
      for (let channel = 0; channel < 3; channel += 1) {
        strip.data[at + channel] = (sum[channel] ?? 0) / (samples * samples) + 0.5
      }
    }
  }
  return strip
}

function bendAt(bend: readonly number[], part: number): number {
  const at = Math.min(bend.length - 1, Math.max(0, part * bend.length - 0.5))
  const before = bend[Math.floor(at)] ?? 0
  const after = bend[Math.ceil(at)] ?? 0
  return before + (after - before) * (at - Math.floor(at))
}

/** The same line read from its other end. */
export function turnedAround({ data, width, height }: Pixels): Pixels {
  const turned = new Uint8Array(data.length)
  for (let from = 0, to = data.length - 3; from < data.length; from += 3, to -= 3) {
    turned[to] = data[from] ?? 0
    turned[to + 1] = data[from + 1] ?? 0
    turned[to + 2] = data[from + 2] ?? 0
  }
  return { data: turned, width, height }
}

/** Bilinear interpolation; outside of the picture, the colour of the edge. */
function addBlended(sum: [number, number, number], { data, width, height }: Pixels, x: number, y: number): void {
  const px = Math.min(width - 1, Math.max(0, x - 0.5))
  const py = Math.min(height - 1, Math.max(0, y - 0.5))
  const left = Math.floor(px)
  const top = Math.floor(py)
  const [fx, fy] = [px - left, py - top]
  const toRight = left + 1 < width ? 3 : 0
  const toBelow = top + 1 < height ? width * 3 : 0
  const at = (top * width + left) * 3
  for (let channel = 0; channel < 3; channel += 1) {
    const a = data[at + channel] ?? 0
    const b = data[at + toRight + channel] ?? 0
    const c = data[at + toBelow + channel] ?? 0
    const d = data[at + toBelow + toRight + channel] ?? 0
    const above = a + (b - a) * fx
    sum[channel] = (sum[channel] ?? 0) + above + (c + (d - c) * fx - above) * fy
  }
}
