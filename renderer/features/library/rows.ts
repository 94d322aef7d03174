import { partitionPoint, type VideoOrder } from '../../../main/contract/index.ts'
import { count } from '../../shared/format/size.ts'
import { dayName, span } from '../../shared/format/time.ts'
import type { Line } from '../../shared/grid/movement.ts'

/** Title, facts and the air between them and the picture: pixels. */
export const TEXT_HEIGHT = 44
export const DAY_HEIGHT = 36

/** The videos added on one day of this machine's calendar; `at` is an instant of it, milliseconds since 1970. */
export type Day = VideoOrder['days'][number]

/** What the grid shows one below the other: a heading, or the videos of these places. */
export type Row = { readonly kind: 'day'; readonly day: Day } | ({ readonly kind: 'videos' } & Line)

/** Cuts so many videos into rows, with a heading above each day; without days, without headings. */
export function rowsOf(length: number, days: readonly Day[], columns: number): Row[] {
  if (days.length === 0) return chunks(0, length, columns)
  const rows: Row[] = []
  let from = 0
  for (const day of days) {
    rows.push({ kind: 'day', day })
    for (const row of chunks(from, from + day.count, columns)) rows.push(row)
    from += day.count
  }
  return rows
}

/** `Today` and `12 April, 8 videos, 1 h 38 min` */
export function dayWords({ at, count: amount, seconds }: Day, now = new Date()): [name: string, facts: string] {
  const day = new Date(at)
  const name = dayName(day.toISOString(), now)
  const date = day.toLocaleDateString('en-GB', { day: 'numeric', month: 'long' })
  const facts = [name.startsWith(date) ? null : date, `${count(amount, 'video')}, ${span(seconds)}`]
  return [name, facts.filter((fact) => fact !== null).join(', ')]
}

function chunks(from: number, to: number, columns: number): Row[] {
  const rows: Row[] = []
  for (let start = from; start < to; start += columns) {
    rows.push({ kind: 'videos', from: start, to: Math.min(to, start + columns) })
  }
  return rows
}

/** The rows of videos, headings left out. */
export function linesOf(rows: readonly Row[]): Line[] {
  return rows.filter((row) => row.kind === 'videos')
}

/** Index of the row with this place, or -1. */
export function rowWith(rows: readonly Row[], place: number): number {
  if (place < 0) return -1
  // A heading lies where the row below it begins.
  const endOf = (index: number): number => {
    const row = rows[index]
    if (row?.kind === 'videos') return row.to
    const next = rows[index + 1]
    return next?.kind === 'videos' ? next.from : 0
  }
  const index = partitionPoint(rows.length, (at) => endOf(at) <= place)
  return index < rows.length ? index : -1
}
