import { describe, expect, test } from 'vitest'
import { dayWords, rowsOf, type Row, rowWith } from '../../../renderer/features/library/rows.ts'
import { columnsIn, rowHeight } from '../../../renderer/shared/grid/columns.ts'

const NOW = new Date(2026, 3, 12, 18)
/** As many videos of that April's day. */
const day = (of: number, count: number) => ({ at: new Date(2026, 3, of, 9).getTime(), count, seconds: 60 * count })

function outline(rows: readonly Row[]): string[] {
  return rows.map((row) => (row.kind === 'day' ? `# ${dayWords(row.day, NOW)[0]}` : 'abcde'.slice(row.from, row.to)))
}

test('as many columns as fit with their gaps, and never none', () => {
  expect(columnsIn(628, 200)).toBe(3)
  expect(columnsIn(627, 200)).toBe(2)
  expect(columnsIn(100, 200)).toBe(1)
})

test('a row is as high as its 16:9 pictures and their text', () => {
  expect(rowHeight(640 * 2 + 14, 2, 44)).toBe(360 + 44 + 14)
})

describe('rows', () => {
  const days = [day(12, 3), day(11, 1), day(2, 1)]

  test('each day starts a heading and a new row', () => {
    expect(outline(rowsOf(5, days, 2))).toEqual(['# Today', 'ab', 'c', '# Yesterday', 'd', '# 2 April 2026', 'e'])
  })

  test('without days they fill up', () => {
    expect(outline(rowsOf(5, [], 2))).toEqual(['ab', 'cd', 'e'])
  })

  test('a day says how much it holds, and its date unless the name says it', () => {
    expect(dayWords(day(12, 3), NOW)).toEqual(['Today', '12 April, 3 videos, 3 min'])
    expect(dayWords(day(2, 1), NOW)).toEqual(['2 April 2026', '1 video, 1 min'])
  })
})

test('a row is found by any of its places, and never its heading', () => {
  const rows = rowsOf(5, [day(12, 1), day(11, 4)], 3)
  expect([-1, 0, 1, 3, 4, 5].map((place) => rowWith(rows, place))).toEqual([-1, 1, 3, 3, 4, -1])
})
