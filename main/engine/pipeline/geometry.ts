import type { Roi } from '../../contract/index.ts'

/** Pixels of the displayed frame. */
export type Point = readonly [x: number, y: number]

export function middleOf({ left, top, width, height }: Roi): Point {
  return [left + width / 2, top + height / 2]
}

/** Above 0 to the right of the line from `from` to `to`, as displayed; below 0 to its left. */
export function sideOf([x, y]: Point, from: Point, to: Point): number {
  return (to[0] - from[0]) * (y - from[1]) - (to[1] - from[1]) * (x - from[0])
}

/** Whether a move from `a` to `b` crosses the line: 1 from its left to its right, -1 from right to left, 0 not at all. */
export function crossing(a: Point, b: Point, from: Point, to: Point): -1 | 0 | 1 {
  const [before, after] = [sideOf(a, from, to) >= 0, sideOf(b, from, to) >= 0]
  if (before === after) return 0
  // The ends of the line must lie on different sides of the move, too.
  if (sideOf(from, a, b) >= 0 === sideOf(to, a, b) >= 0) return 0
  return after ? 1 : -1
}

/** Whether a point lies within a polygon: an odd number of edges lies to the right of it. */
export function isWithin([x, y]: Point, polygon: readonly Point[]): boolean {
  let inside = false
  for (const [at, [x1, y1]] of polygon.entries()) {
    const [x2, y2] = polygon[(at + 1) % polygon.length] ?? [x1, y1]
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
  }
  return inside
}
