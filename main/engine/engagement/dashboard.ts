import type { z } from 'zod'
import type { getDashboard, Period } from '../../contract/index.ts'
import { toTenth } from '../../base/percentages.ts'
import type { TimeZone } from '../../base/time-zone.ts'
import { SLOT_MS } from './audience-rows.ts'
import type { Audiences } from './audiences.ts'
import { averageCompletion } from './completion.ts'
import type { Span } from './distinct-viewers.ts'
import { spanOf } from './periods.ts'

type Dashboard = z.output<(typeof getDashboard)['output']>

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const ACTIVE_MS = 5 * 60_000
const BEST_DAYS = 7

interface Asked {
  readonly audience: number
  readonly period: Period
  readonly zone: TimeZone
  readonly now: number
}

/** LI-28: trends, peak hours and best days of a period. */
export function describePeriod(
  audiences: Audiences,
  { audience, period, zone, now }: Asked,
): Omit<Dashboard, 'overall' | 'realtime'> {
  const { from, to } = spanOf(period, zone, now)
  const slots = audiences.slots(audience, from, to)
  const clock = new LocalClock(zone, from, to)
  // Of the period before, as much as the current one has lasted, to the quarter of an hour.
  const before = spanOf(period, zone, from - 1)
  const lasted = Math.ceil((now + 1 - from) / SLOT_MS) * SLOT_MS
  const facts = (span: Span) => {
    const sums = audiences.sums(audience, span.from, span.to)
    return {
      views: sums.views,
      uniqueViewers: audiences.viewers(audience, span, now),
      watchTime: sums.watch_seconds,
      averageCompletion: averageCompletion(sums),
    }
  }
  const current = facts({ from, to })
  const previous = facts({ from: before.from, to: Math.min(before.from + lasted, from), whole: from })
  return {
    period,
    trends: {
      views: trend(current.views, previous.views),
      uniqueViewers: trend(current.uniqueViewers, previous.uniqueViewers),
      watchTime: trend(current.watchTime, previous.watchTime),
      averageCompletion: trend(current.averageCompletion, previous.averageCompletion),
    },
    peakHours: countBy(slots, (at) => clock.shownAt(at).hour)
      .map(([hour, views]) => ({ hour, views }))
      .toSorted((a, b) => b.views - a.views || a.hour - b.hour),
    bestDays: countBy(slots, (at) => clock.shownAt(at).day)
      .toSorted(([dayA, a], [dayB, b]) => b - a || dayA - dayB)
      .slice(0, BEST_DAYS)
      .map(([day, views]) => ({ date: new Date(day).toISOString().slice(0, 10), weekday: weekday.format(day), views })),
  }
}

/** LI-28: the last hour. */
export function describeNow(audiences: Audiences, audience: number, now: number): NonNullable<Dashboard['realtime']> {
  const [from, to] = [now - HOUR_MS, now + 1]
  const { views, watch_seconds: watchTime } = audiences.recent(audience, from, to)
  const uniqueViewers = audiences.viewers(audience, { from, to }, now)
  return { views, uniqueViewers, watchTime, activeViewers: audiences.active(audience, now - ACTIVE_MS) }
}

/** Null when there was nothing before. */
function trend(current: number, previous: number) {
  const change = previous === 0 ? null : toTenth(((current - previous) * 100) / previous)
  return { current, previous, change }
}

const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' })

/** Local day and hour within a span; asks for the zone's offsets once. */
class LocalClock {
  readonly #offsets: { from: number; offset: number }[]

  constructor(zone: TimeZone, from: number, to: number) {
    this.#offsets = zone.offsetsIn(from, to)
  }

  shownAt(epochMs: number): { day: number; hour: number } {
    const offset = this.#offsets.findLast(({ from }) => from <= epochMs)?.offset ?? 0
    const shown = epochMs + offset
    const day = Math.floor(shown / DAY_MS) * DAY_MS
    return { day, hour: Math.floor((shown - day) / HOUR_MS) }
  }
}

function countBy(slots: readonly { slot: number; views: number }[], keyOf: (at: number) => number): [number, number][] {
  const counts = new Map<number, number>()
  for (const { slot, views } of slots) {
    const key = keyOf(slot * SLOT_MS)
    counts.set(key, (counts.get(key) ?? 0) + views)
  }
  return [...counts].filter(([, views]) => views > 0)
}
