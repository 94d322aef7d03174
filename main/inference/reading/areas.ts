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
/** What the pixels of an area have to reach on average. */
const AREA_LIKELY = 0.5
const SMALLEST_SIDE = 3
/** The map shows the core of each line; the line is that much larger (times area by circumference). */
const GROWTH = 1.6

/**
 * Where lines of text stand, as the smallest rectangles around areas of the map that hang together.
 * @returns in the map's pixels.
 */
export function textAreas(map: TextMap): Rectangle[] {
  const seen = new Uint8Array(map.likelihood.length)
  const areas: Rectangle[] = []
  for (let pixel = 0; pixel < seen.length; pixel += 1) {
    if (seen[pixel] !== 0 || (map.likelihood[pixel] ?? 0) <= LIKELY) continue
    const area = connected(map, pixel, seen)
    if (area.likelihood < AREA_LIKELY) continue
    const rectangle = smallestRectangle(area.outline)
    if (Math.min(rectangle.length, rectangle.thickness) >= SMALLEST_SIDE) areas.push(grown(rectangle))
  }
  return areas
}

function grown(rectangle: Rectangle): Rectangle {
  const { length, thickness } = rectangle
  const distance = (GROWTH * length * thickness) / (2 * (length + thickness))
  return { ...rectangle, length: length + 2 * distance, thickness: thickness + 2 * distance }
}

interface Area {
  /** Mean over its pixels. */
  likelihood: number
  /** Corners of the first and last pixel of each row: the hull of these is the hull of the area. */
  outline: Corner[]
}

/** All text pixels that hang together with one, also over corners. */
function connected({ likelihood, width, height }: TextMap, start: number, seen: Uint8Array): Area {
  const rows = new Map<number, [first: number, last: number]>()
  const open = [start]
  seen[start] = 1
  let [sum, count] = [0, 0]
  for (let pixel = open.pop(); pixel !== undefined; pixel = open.pop()) {
    sum += likelihood[pixel] ?? 0
    count += 1
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
        open.push(neighbour)
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
  return { likelihood: sum / count, outline }
}
