import type { Counting } from '../../../../main/contract/index.ts'

export type Point = [x: number, y: number]
export type Line = NonNullable<Counting['lines']>[number]
export type Zone = NonNullable<Counting['zones']>[number]

/** Pixels of the displayed picture. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** A line across the middle, to be put where it belongs. */
export function newLine({ width, height }: Size, taken: readonly { name: string }[]): Line {
  const y = Math.round(height / 2)
  return { name: freeName('Line', taken), from: [Math.round(width * 0.2), y], to: [Math.round(width * 0.8), y] }
}

/** A rectangle in the middle, to be given its shape. */
export function newZone({ width, height }: Size, taken: readonly { name: string }[]): Zone {
  const [left, right] = [0.3, 0.7].map((share) => Math.round(width * share)) as Point
  const [top, bottom] = [0.3, 0.7].map((share) => Math.round(height * share)) as Point
  const points: Point[] = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ]
  return { name: freeName('Zone', taken), points }
}

/** Whole pixels within the picture. */
export function inside([x, y]: readonly [number, number], { width, height }: Size): Point {
  const kept = (value: number, most: number): number => Math.round(Math.min(most, Math.max(0, value)))
  return [kept(x, width), kept(y, height)]
}

/** The points of a line or a zone, and the same shape with others. */
export function pointsOf(shape: Line | Zone): Point[] {
  return 'points' in shape ? shape.points : [shape.from, shape.to]
}

export function withPoints<S extends Line | Zone>(shape: S, points: readonly Point[]): S {
  if ('points' in shape) return { ...shape, points }
  const [from, to] = points
  return { ...shape, from, to }
}

/** With a corner more, in the middle of the side behind `at`. */
export function withCorner(zone: Zone, at: number): Zone {
  const [one, other] = [zone.points[at], zone.points[(at + 1) % zone.points.length]]
  if (!one || !other) return zone
  const middle: Point = [Math.round((one[0] + other[0]) / 2), Math.round((one[1] + other[1]) / 2)]
  return { ...zone, points: zone.points.toSpliced(at + 1, 0, middle) }
}

/** With a corner less; three have to stay. */
export function withoutCorner(zone: Zone, at: number): Zone {
  return zone.points.length > 3 ? { ...zone, points: zone.points.toSpliced(at, 1) } : zone
}

/** Where an arrow over the middle of a line points that is crossed forward: to its right, seen from its start. */
export function forwardOf({ from, to }: Line, length: number): { readonly at: Point; readonly tip: Point } {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const whole = Math.hypot(dx, dy) || 1
  const at: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]
  return { at, tip: [at[0] - (dy / whole) * length, at[1] + (dx / whole) * length] }
}

function freeName(word: string, taken: readonly { name: string }[]): string {
  const names = new Set(taken.map(({ name }) => name))
  for (let number = 1; ; number += 1) if (!names.has(`${word} ${number}`)) return `${word} ${number}`
}
