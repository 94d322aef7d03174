import type { TextLine } from '../../engine/models/index.ts'

/** Lines whose middles differ by less than this part of their height stand beside each other. */
const SAME_ROW = 0.5

/** From top to bottom, and from left to right what stands beside each other. */
export function inReadingOrder(lines: readonly TextLine[]): TextLine[] {
  const placed = lines.map((line) => ({ line, ...placeOf(line) })).sort((a, b) => a.y - b.y)
  const rows: (typeof placed)[] = []
  for (const one of placed) {
    const row = rows.at(-1)
    const first = row?.[0]
    if (row && first && one.y - first.y < SAME_ROW * Math.min(one.height, first.height)) row.push(one)
    else rows.push([one])
  }
  return rows.flatMap((row) => row.sort((a, b) => a.x - b.x).map(({ line }) => line))
}

function placeOf({ corners }: TextLine): { x: number; y: number; height: number } {
  const [start, , opposite, below] = corners
  return {
    x: Math.min(...corners.map(([x]) => x)),
    y: (start[1] + opposite[1]) / 2,
    height: Math.hypot(below[0] - start[0], below[1] - start[1]),
  }
}
