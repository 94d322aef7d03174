import type { Corner } from '../../engine/models/index.ts'
import { type Rectangle, smallestRectangle } from './rectangle.ts'

/** For each pixel how likely it belongs to text. */
export interface TextMap {
  readonly likelihood: Float32Array
  readonly width: number
  readonly height: number
}

/** A pixel of text. */
const LIKELY = 0.3
/** Least mean likelihood of an area. */
const AREA_LIKELY = 0.5
const SMALLEST_SIDE = 3
/** The map shows the core of each line; the line is that much larger (times area by circumference). */
const GROWTH = 1.6

/** The place of a line of text. */
export interface TextArea {
  /** The line with its ascenders and descenders; its length in the direction of reading, or against it. */
  readonly rectangle: Rectangle
  readonly bend: Bend | null
}

/** A line that is not straight, as on the page of an open book. */
export interface Bend {
  /** The line's own thickness, which is less than that of the rectangle around it. */
  readonly thickness: number
  /** At even distances along the length: how far the line runs below the rectangle's middle. */
  readonly offsets: Float32Array
}

/**
 * Lines of text: the smallest rectangles around connected areas of the map.
 * @returns in the map's pixels.
 */
export function textAreas(map: TextMap): TextArea[] {
  const seen = new Uint8Array(map.likelihood.length)
  const areas: TextArea[] = []
  for (let pixel = 0; pixel < seen.length; pixel += 1) {
    if (seen[pixel] !== 0 || (map.likelihood[pixel] ?? 0) <= LIKELY) continue
    const area = connected(map, pixel, seen)
    if (area.likelihood < AREA_LIKELY) continue
    const smallest = smallestRectangle(area.outline)
    if (Math.min(smallest.length, smallest.thickness) < SMALLEST_SIDE) continue
    const core = alongReading(smallest)
    areas.push(wholeLine(core, bendOf(core, area.pixels, map.width)))
  }
  return areas
}

function wholeLine(core: Rectangle, bend: Bend | null): TextArea {
  const distance = growthOf(core.length, bend?.thickness ?? core.thickness)
  const rectangle = {
    ...core,
    length: core.length + 2 * distance,
    thickness: core.thickness + 2 * distance,
  }
  return { rectangle, bend: bend && { ...bend, thickness: bend.thickness + 2 * distance } }
}

/** How much larger the line is than its core, on every side. */
function growthOf(length: number, thickness: number): number {
  return (GROWTH * length * thickness) / (2 * (length + thickness))
}

/** From this ratio of length to thickness on, a line is certainly read along its length. */
const SURELY_LONG = 1.5

/** Text runs along the longer side; along the flatter one where there is no longer. To the right, until more is known. */
function alongReading(core: Rectangle): Rectangle {
  const { centre, along, length, thickness } = core
  const [x, y] = along
  const turned: Rectangle = { centre, along: [-y, x], length: thickness, thickness: length }
  const growth = 2 * growthOf(length, thickness)
  const isLong = Math.max(length, thickness) + growth >= SURELY_LONG * (Math.min(length, thickness) + growth)
  const chosen = (isLong ? length >= thickness : Math.abs(x) >= Math.abs(y)) ? core : turned
  return chosen.along[0] >= 0 ? chosen : { ...chosen, along: [-chosen.along[0], -chosen.along[1]] }
}

/** Points along a line at which its middle is measured. */
const BEND_POINTS = 16
/** A line this much longer than thick may be bent; a shorter one only looks so by its letters. */
const BENDABLE = 6
/** Offsets smaller than this part of the thickness leave a line straight. */
const STRAIGHT = 0.25

function bendOf(
  { centre, along, length, thickness }: Rectangle,
  pixels: readonly number[],
  width: number,
): Bend | null {
  if (length < BENDABLE * thickness * 0.5) return null
  const sums = new Float64Array(BEND_POINTS)
  const counts = new Float64Array(BEND_POINTS)
  for (const pixel of pixels) {
    const x = (pixel % width) + 0.5 - centre[0]
    const y = Math.floor(pixel / width) + 0.5 - centre[1]
    const at = Math.floor(((x * along[0] + y * along[1]) / length + 0.5) * BEND_POINTS)
    const point = Math.min(BEND_POINTS - 1, Math.max(0, at))
    sums[point] = (sums[point] ?? 0) + y * along[0] - x * along[1]
    counts[point] = (counts[point] ?? 0) + 1
  }
  if (counts.includes(0)) return null
  const offsets = Float32Array.from(sums, (sum, point) => sum / (counts[point] ?? 1))
  const own = pixels.length / length
  if (length < BENDABLE * own || offsets.every((offset) => Math.abs(offset) < STRAIGHT * own)) return null
  return { thickness: own, offsets }
}

interface Area {
  /** Mean over its pixels. */
  likelihood: number
  pixels: number[]
  /** Corners of the first and last pixel of each row: the hull of these is the hull of the area. */
  outline: Corner[]
}

/** All text pixels connected with one, also diagonally. */
function connected({ likelihood, width, height }: TextMap, start: number, seen: Uint8Array): Area {
  const rows = new Map<number, [first: number, last: number]>()
  // Also the queue of pixels whose neighbours are visited.
  const pixels = [start]
  seen[start] = 1
  let sum = 0
  for (const pixel of pixels) {
    sum += likelihood[pixel] ?? 0
    const x = pixel % width
    const y = (pixel - x) / width
    const row = rows.get(y)
    if (row) [row[0], row[1]] = [Math.min(row[0], x), Math.max(row[1], x)]
    else rows.set(y, [x, x])
    for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny += 1) {
      for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx += 1) {
        const neighbour = ny * width + nx
        if (seen[neighbour] !== 0 || (likelihood[neighbour] ?? 0) <= LIKELY) continue
        seen[neighbour] = 1
        pixels.push(neighbour)
      }
    }
  }
  const outline = [...rows].flatMap(([y, [first, last]]): Corner[] => [
    ...([
      [first, y],
      [first, y + 1],
    ] as const),
    ...([
      [last + 1, y],
      [last + 1, y + 1],
    ] as const),
  ])
  return { likelihood: sum / pixels.length, pixels, outline }
}
