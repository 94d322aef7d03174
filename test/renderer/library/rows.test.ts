import { describe, expect, test } from 'vitest'
import { dayWords, rowsOf, type Row, rowWith } from '../../../renderer/features/library/rows.ts'
import { columnsIn, rowHeight } from '../../../renderer/shared/grid/columns.ts'
import { video } from './video.ts'

const NOW = new Date(2026, 3, 12, 18)
const on = (name: string, day: number, hour = 9) =>
  video(name, { createdAt: new Date(2026, 3, day, hour).toISOString() })

function outline(rows: readonly Row[]): string[] {
  return rows.map((row) =>
    row.kind === 'day' ? `# ${dayWords(row.day, NOW)[0]}` : row.videos.map(({ title }) => title).join(' '),
  )
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
  const videos = [on('a', 12, 20), on('b', 12, 1), on('c', 12, 0), on('d', 11), on('e', 2)]

  test('each day starts a heading and a new row', () => {
    const rows = rowsOf(videos, { columns: 2, byDay: true, complete: true })
    expect(outline(rows)).toEqual(['# Today', 'a b', 'c', '# Yesterday', 'd', '# 2 April 2026', 'e'])
  })

  test('without days they fill up', () => {
    expect(outline(rowsOf(videos, { columns: 2, byDay: false, complete: true }))).toEqual(['a b', 'c d', 'e'])
  })

  test('a day says how much it holds, and its date unless the name says it', () => {
    const words = rowsOf(videos, { columns: 9, byDay: true, complete: true }).flatMap((row) =>
      row.kind === 'day' ? [dayWords(row.day, NOW)] : [],
    )
    expect(words[0]).toEqual(['Today', '12 April, 3 videos, 3 min'])
    expect(words[2]).toEqual(['2 April 2026', '1 video, 1 min'])
  })

  test('a day of which more may come does not say how much it holds', () => {
    const day = { at: on('a', 12).createdAt, count: 3, seconds: 180, whole: false }
    expect(dayWords(day, NOW)).toEqual(['Today', '12 April'])
  })

  test('the last day is not whole while more videos may come', () => {
    const rows = rowsOf(videos, { columns: 9, byDay: true, complete: false })
    expect(rows.flatMap((row) => (row.kind === 'day' ? [row.day.whole] : []))).toEqual([true, true, false])
  })

  test('every row has its own key', () => {
    const rows = rowsOf(videos, { columns: 2, byDay: true, complete: true })
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
  })
})

test('a row is found by any of its videos', () => {
  const [newest, ...older] = ['a', 'b', 'c'].map((name, index) =>
    video(name, { createdAt: new Date(2026, 3, 12 - Math.min(index, 1), 9).toISOString() }),
  )
  const rows = rowsOf([newest!, ...older], { columns: 3, byDay: true, complete: true })
  expect([rowWith(rows, 'a'), rowWith(rows, 'c'), rowWith(rows, null)]).toEqual([1, 3, -1])
})
