import type { Drawing } from '../../../main/contract/index.ts'
import type { Pen } from './notes.ts'

/** Parts of the displayed picture's width and height, 0..1 from the top left. */
export type Point = [x: number, y: number]

/** Pixels of the picture on the page. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** Shorter strokes than this are slips of the hand, pixels. */
const SHORTEST = 6
/** How far a line by hand may be moved to save points, pixels. */
const TOLERANCE = 0.75
/** Points of a line by hand: 2 to this many. */
const MOST_POINTS = 1000
const ARROW_HEAD = 14

/** A point of the page in parts of the picture, kept within it. */
export function pointIn({ left, top, width, height }: DOMRectReadOnly, x: number, y: number): Point {
  const part = (value: number): number => Number(Math.min(1, Math.max(0, value)).toFixed(4))
  return [part((x - left) / width), part((y - top) / height)]
}

/** What a stroke of that pen drew; null for one too short to be meant. */
export function drawingOf(pen: Pen, stroke: readonly Point[], size: Size): Drawing | null {
  const [first, last] = [stroke[0], stroke.at(-1)]
  if (!first || !last || extent(stroke, size) < SHORTEST) return null
  if (pen !== 'freehand') return { kind: pen, points: [first, last] }
  return { kind: pen, points: thin(simplify(thin(stroke, 2 * MOST_POINTS), size), MOST_POINTS) }
}

/** What a stroke under way looks like: as it is, for nothing may be slower than the hand. */
export function unfinished(pen: Pen, stroke: readonly Point[]): Drawing | null {
  const [first, last] = [stroke[0], stroke.at(-1)]
  if (!first || !last || stroke.length < 2) return null
  return { kind: pen, points: pen === 'freehand' ? [...stroke] : [first, last] }
}

/** The outline of a drawing as an SVG path in pixels of the page. */
export function pathOf({ kind, points }: Drawing, size: Size): string {
  const pixels = points.map((point) => inPixels(point, size))
  if (kind === 'freehand') return smooth(pixels)
  const [[x1, y1], [x2, y2]] = [pixels[0] ?? [0, 0], pixels[1] ?? [0, 0]]
  if (kind === 'box') return `M${pair([x1, y1])}H${round(x2)}V${round(y2)}H${round(x1)}Z`
  const angle = Math.atan2(y2 - y1, x2 - x1)
  const head = Math.min(ARROW_HEAD, Math.hypot(x2 - x1, y2 - y1) * 0.6)
  const side = (turn: number): Point => [x2 - head * Math.cos(angle + turn), y2 - head * Math.sin(angle + turn)]
  return `M${pair([x1, y1])}L${pair([x2, y2])}M${pair(side(0.5))}L${pair([x2, y2])}L${pair(side(-0.5))}`
}

function inPixels([x, y]: readonly [number, number], { width, height }: Size): Point {
  return [x * width, y * height]
}

/** The longest way between the sides of what was drawn, pixels. */
function extent(stroke: readonly Point[], size: Size): number {
  const pixels = stroke.map((point) => inPixels(point, size))
  const across = (axis: 0 | 1): number => {
    const values = pixels.map((point) => point[axis])
    return Math.max(...values) - Math.min(...values)
  }
  return Math.hypot(across(0), across(1))
}

/** A line through the middles between its points: the hand's corners are rounded, its ends stay. */
function smooth(pixels: readonly Point[]): string {
  const [first, ...rest] = pixels
  const last = rest.at(-1)
  if (!first || !last) return ''
  const curves = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? last
    return `Q${pair(point)} ${pair([(point[0] + next[0]) / 2, (point[1] + next[1]) / 2])}`
  })
  return `M${pair(first)}${curves.join('')}L${pair(last)}`
}

/** Fewer points of the same line (Ramer, Douglas and Peucker). */
function simplify(stroke: readonly Point[], size: Size): Point[] {
  const pixels = stroke.map((point) => inPixels(point, size))
  const kept = new Set([0, stroke.length - 1])
  const open: [number, number][] = [[0, stroke.length - 1]]
  for (let part = open.pop(); part; part = open.pop()) {
    const [from, to] = part
    const far = farthest(pixels, from, to)
    if (far === null) continue
    kept.add(far)
    open.push([from, far], [far, to])
  }
  return stroke.filter((_, index) => kept.has(index))
}

/** The point between two others that lies farthest beside their line; null where all lie on it. */
function farthest(pixels: readonly Point[], from: number, to: number): number | null {
  const one: Point = pixels[from] ?? [0, 0]
  const other: Point = pixels[to] ?? [0, 0]
  let [found, most]: [number | null, number] = [null, TOLERANCE ** 2]
  for (let index = from + 1; index < to; index += 1) {
    const distance = beside(pixels[index] ?? one, one, other)
    if (distance > most) [found, most] = [index, distance]
  }
  return found
}

/** How far a point lies from the line between two others, pixels, squared: thousands are asked for. */
function beside([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length))
  const [asideX, asideY] = [x - x1 - along * dx, y - y1 - along * dy]
  return asideX * asideX + asideY * asideY
}

/** At most so many of the points, evenly chosen, both ends among them. */
function thin(points: readonly Point[], most: number): Point[] {
  if (points.length <= most) return [...points]
  const step = (points.length - 1) / (most - 1)
  return Array.from({ length: most }, (_, index) => points[Math.round(index * step)] ?? [0, 0])
}

function pair([x, y]: Point): string {
  return `${round(x)} ${round(y)}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
