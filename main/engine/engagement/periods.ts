import type { Granularity, Period } from '../../contract/index.ts'
import { modulo, type TimeZone } from '../../base/time-zone.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const DAYS: Readonly<Record<Period, number>> = { '24h': 1, '7d': 7, '30d': 30 }

/**
 * Where the buckets of a period begin, and at the end where the last one ends. The last one is the current one.
 *
 * LI-23. Days and weeks are those of the calendar,
 * so on two days a year they have 23 or 25 hours. Hours are counted back from the current one, and have 60 minutes also
 * where clocks change by half an hour.
 */
export function bucketEdges(granularity: Granularity, period: Period, zone: TimeZone, now: number): number[] {
  const days = DAYS[period]
  if (granularity === 'hourly') {
    const current = zone.startOfHour(now)
    return countTo(days * 24, (index) => current + (index + 1 - days * 24) * HOUR_MS)
  }
  const today = zone.dayAt(now)
  const first = today - (days - 1) * DAY_MS
  if (granularity === 'daily') return countTo(days, (index) => zone.startOfDay(first + index * DAY_MS))
  const firstWeek = mondayOf(first)
  const weeks = (mondayOf(today) - firstWeek) / (7 * DAY_MS) + 1
  return countTo(weeks, (index) => zone.startOfDay(firstWeek + index * 7 * DAY_MS))
}

/** The span of a period: the hours of the last 24, else whole days, up to the end of the current one. */
export function spanOf(period: Period, zone: TimeZone, now: number): { from: number; to: number } {
  const edges = bucketEdges(period === '24h' ? 'hourly' : 'daily', period, zone, now)
  return { from: edges[0] ?? now, to: edges.at(-1) ?? now }
}

function countTo(count: number, edge: (index: number) => number): number[] {
  return Array.from({ length: count + 1 }, (_, index) => edge(index))
}

/** 1970 began on a Thursday. */
function mondayOf(day: number): number {
  return day - modulo(day / DAY_MS + 3, 7) * DAY_MS
}
