import type { Corner, TextLine } from '../../engine/models/index.ts'

/** Lines whose middles differ by less than this part of their height are in one row. */
const SAME_ROW = 0.5

/** Row by row, along the direction of most of the text. */
export function inReadingOrder(lines: readonly TextLine[]): TextLine[] {
  const along = directionOf(lines)
  const placed = lines.map((line) => ({ line, ...placeOf(line, along) })).sort((a, b) => a.down - b.down)
  const rows: (typeof placed)[] = []
  for (const one of placed) {
    const row = rows.at(-1)
    const before = row?.at(-1)
    if (row && before && one.down - before.down < SAME_ROW * Math.min(one.height, before.height)) row.push(one)
    else rows.push([one])
  }
  return rows.flatMap((row) => row.sort((a, b) => a.along - b.along).map(({ line }) => line))
}

/** Direction of most of the text; a unit vector. */
function directionOf(lines: readonly TextLine[]): Corner {
  let [x, y] = [0, 0]
  for (const { corners } of lines) {
    const [start, end] = corners
    x += end[0] - start[0]
    y += end[1] - start[1]
  }
  const length = Math.hypot(x, y)
  return length === 0 ? [1, 0] : [x / length, y / length]
}

function placeOf({ corners }: TextLine, [x, y]: Corner): { along: number; down: number; height: number } {
  const [start, , opposite, below] = corners
  const middle = [(start[0] + opposite[0]) / 2, (start[1] + opposite[1]) / 2] as const
  return {
    along: Math.min(...corners.map((corner) => corner[0] * x + corner[1] * y)),
    down: middle[1] * x - middle[0] * y,
    height: Math.hypot(below[0] - start[0], below[1] - start[1]),
  }
}
