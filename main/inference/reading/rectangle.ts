import type { Corner } from '../../engine/models/index.ts'

/** A rectangle at any angle. */
export interface Rectangle {
  readonly centre: Corner
  /** Unit vector along its length; across it is that, turned clockwise as seen in a picture. */
  readonly along: Corner
  readonly length: number
  readonly thickness: number
}

/** The rectangle of the smallest area around points: one of its sides lies on a side of their hull. */
export function smallestRectangle(points: readonly Corner[]): Rectangle {
  const hull = hullOf(points)
  let smallest: Rectangle | null = null
  for (const [i, from] of hull.entries()) {
    const to = hull[(i + 1) % hull.length] ?? from
    const side = Math.hypot(to[0] - from[0], to[1] - from[1])
    const along: Corner = side === 0 ? [1, 0] : [(to[0] - from[0]) / side, (to[1] - from[1]) / side]
    const rectangle = rectangleAlong(hull, along)
    if (!smallest || areaOf(rectangle) < areaOf(smallest)) smallest = rectangle
  }
  return smallest ?? { centre: [0, 0], along: [1, 0], length: 0, thickness: 0 }
}

/** Its corners, clockwise as seen, from where its length begins. */
export function cornersOf({ centre, along, length, thickness }: Rectangle): [Corner, Corner, Corner, Corner] {
  const corner = (x: number, y: number): Corner => [
    centre[0] + along[0] * x * length - along[1] * y * thickness,
    centre[1] + along[1] * x * length + along[0] * y * thickness,
  ]
  return [corner(-0.5, -0.5), corner(0.5, -0.5), corner(0.5, 0.5), corner(-0.5, 0.5)]
}

function areaOf({ length, thickness }: Rectangle): number {
  return length * thickness
}

function rectangleAlong(points: readonly Corner[], along: Corner): Rectangle {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const [x, y] of points) {
    const alongside = x * along[0] + y * along[1]
    const across = y * along[0] - x * along[1]
    left = Math.min(left, alongside)
    right = Math.max(right, alongside)
    top = Math.min(top, across)
    bottom = Math.max(bottom, across)
  }
  const [x, y] = [(left + right) / 2, (top + bottom) / 2]
  const centre: Corner = [x * along[0] - y * along[1], x * along[1] + y * along[0]]
  return { centre, along, length: right - left, thickness: bottom - top }
}

/** The convex hull, in order around it (Andrew's monotone chain). */
function hullOf(points: readonly Corner[]): Corner[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  if (sorted.length < 3) return sorted
  const half = (ordered: readonly Corner[]): Corner[] => {
    const chain: Corner[] = []
    for (const point of ordered) {
      while (chain.length > 1 && !turnsLeft(chain.at(-2) ?? point, chain.at(-1) ?? point, point)) chain.pop()
      chain.push(point)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.reverse())]
}

function turnsLeft(a: Corner, b: Corner, c: Corner): boolean {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0
}
