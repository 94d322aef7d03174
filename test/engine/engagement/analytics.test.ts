import { describe, expect, it } from 'vitest'
import { Analytics, Views } from '../../../main/engine/engagement/index.ts'
import { Identity } from '../../../main/engine/identity/index.ts'
import type { Database } from '../../../main/platform/database/index.ts'
import { newDatabase } from '../../support/database.ts'
import { repeats } from '../../support/schedule.ts'
import {
  countBy,
  dayAfter,
  distinct,
  meanCompletion,
  mondayOf,
  oneDecimal,
  type RawView,
  randomHistory,
  total,
  VIDEOS,
  wallClock,
  watched,
} from './oracle.ts'

const HISTORIES = repeats('FIELDREEL_HISTORIES', { short: 30, long: 300 })
const SEED = Number(process.env['FIELDREEL_SEED'] ?? 20_261_123)
const HOUR_MS = 3_600_000
const PERIODS = { '24h': 1, '7d': 7, '30d': 30 } as const

/** Plays a history, and asks for what must never be remembered wrongly in the middle of it. */
async function played(seed: number) {
  const database = await newDatabase()
  addVideos(database)
  const { now, zone, steps } = randomHistory(seed)
  const views = new Views(database, () => undefined)
  const analytics = new Analytics(database)
  const raw = new Map<string, RawView>()
  let rewinds = 0
  for (const [index, { at, view }] of steps.entries()) {
    const { video, session, viewer, watchSeconds, completion, country, city, ...device } = view
    const reported = { videoId: video, sessionId: session, viewerKey: viewer, watchSeconds, place: { country, city } }
    views.track({ ...reported, completionPercentage: completion, device }, at)
    const known = raw.get(`${video} ${session}`)
    if (known) {
      known.reportedAt = at
      known.watchSeconds = Math.max(known.watchSeconds, watchSeconds)
      known.completion = Math.max(known.completion, completion)
    } else raw.set(`${video} ${session}`, { ...view, startedAt: at, reportedAt: at })
    // As the thread does.
    if (views.rewinds !== rewinds) analytics.forgetPast()
    rewinds = views.rewinds
    if (index % 9 === 0) {
      analytics.dashboard({ videoId: null, period: '30d', includeRealtime: true, timeZone: zone }, at)
      analytics.series({ videoId: video, granularity: 'daily', period: '7d', timeZone: zone }, at)
    }
  }
  return { analytics, raw: [...raw.values()], now, zone }
}

function addVideos(database: Database): void {
  const ownerId = new Identity(database).ownerId()
  const insert = database.prepare(
    `INSERT INTO media (id, kind, source, owner_id, title, tags, created_at, updated_at, deleted_at)
     VALUES (:id, 'video', 'linked', :ownerId, :id, '[]', 0, 0, :deletedAt)`,
  )
  for (const id of VIDEOS) insert.run({ id, ownerId, deletedAt: id === 'gone' ? 1 : null })
}

const within = (views: readonly RawView[], from: number, to: number) =>
  views.filter(({ startedAt }) => startedAt >= from && startedAt < to)

const facts = (views: readonly RawView[]) => ({
  views: views.length,
  uniqueViewers: distinct(views),
  watchTime: watched(views),
})

const seeds = Array.from({ length: HISTORIES }, (_, index) => SEED + index)

describe.each(seeds)('the history of seed %i', (seed) => {
  it('is answered as a recount of its raw views', async () => {
    const { analytics, raw, now, zone } = await played(seed)
    for (const videoId of [null, ...VIDEOS, 'never watched']) {
      const views = raw.filter(({ video }) => videoId === null || video === videoId)
      checkSums(analytics, videoId, views)
      for (const period of ['24h', '7d', '30d'] as const) {
        checkSeries(analytics, { videoId, period, zone, now }, views)
        checkDashboard(analytics, { videoId, period, zone, now }, views)
      }
    }
    checkTop(analytics, raw, now)
  })
})

function checkSums(analytics: Analytics, videoId: string | null, views: readonly RawView[]): void {
  expect(analytics.totals({ videoId })).toEqual({
    ...{ totalViews: views.length, uniqueViewers: distinct(views), likes: 0, shares: 0 },
    avgWatchDuration: views.length === 0 ? 0 : oneDecimal(watched(views) / views.length),
    avgCompletionRate: meanCompletion(views),
  })

  const devices = analytics.devices({ videoId })
  for (const [shares, trait] of [
    [devices.deviceTypes, 'device'],
    [devices.browsers, 'browser'],
    [devices.operatingSystems, 'os'],
  ] as const) {
    expect(new Map(shares.map(({ name, views: count }) => [name, count]))).toEqual(
      countBy(views, (view) => view[trait]),
    )
    checkPercentages(shares)
  }

  const { quarters } = analytics.distribution({ videoId })
  const inQuarter = (from: number, to: number) =>
    views.filter(({ completion }) => completion >= from && (completion < to || to === 100)).length
  expect(quarters.map((quarter) => quarter.views)).toEqual(quarters.map(({ from, to }) => inQuarter(from, to)))
  checkPercentages(quarters)

  checkCompletion(analytics, videoId, views)
  checkPlaces(analytics, videoId, views)
}

function checkCompletion(analytics: Analytics, videoId: string | null, views: readonly RawView[]): void {
  const { byDevice, ...all } = analytics.completion({ videoId, byDevice: true })
  const devices = [...countBy(views, ({ device }) => device).keys()].sort()
  expect((byDevice ?? []).map(({ device }) => device).sort()).toEqual(devices)
  for (const { device = null, ...told } of [all, ...(byDevice ?? [])] as (typeof all & { device?: string })[]) {
    const of = views.filter((view) => device === null || view.device === device)
    const share = (count: number) => (of.length === 0 ? 0 : oneDecimal((count * 100) / of.length))
    const reached = (percent: number) => of.filter(({ completion }) => completion >= percent).length
    expect(told).toEqual({
      ...{ totalViews: of.length, completionRate: share(reached(90)), averageCompletion: meanCompletion(of) },
      dropOff: Array.from({ length: 10 }, (_, tenth) => {
        const [from, to] = [tenth * 10, tenth * 10 + 10]
        const ended = reached(from) - (to === 100 ? 0 : reached(to))
        return { from, to, reached: reached(from), ended, retention: share(reached(from)) }
      }),
    })
  }
}

function checkPlaces(analytics: Analytics, videoId: string | null, views: readonly RawView[]): void {
  const { countries, cities } = analytics.geography({ videoId })
  const names: Record<string, string> = { DE: 'Germany', FR: 'France', 'local network': 'Local network' }
  expect(new Map(countries.map(({ country, views: count }) => [country, count]))).toEqual(
    countBy(views, ({ country }) => names[country] ?? 'Unknown'),
  )
  checkPercentages(countries)
  const shown = ['Ulm', 'Kiel'].filter((name) => distinct(views.filter(({ city }) => city === name)) >= 3)
  expect(new Set(cities.map(({ city }) => city).filter((city) => city !== 'Elsewhere'))).toEqual(new Set(shown))
  for (const { city, views: count } of cities) {
    const there = views.filter((view) => (city === 'Elsewhere' ? !shown.includes(view.city ?? '') : view.city === city))
    expect([city, count]).toEqual([city, there.length])
  }
  checkPercentages(cities)
}

/** Of the true share by less than one in the last place, and together 100. */
function checkPercentages(parts: readonly { views: number; percentage: number }[]): void {
  const all = total(parts.map(({ views }) => views))
  const sum = total(parts.map(({ percentage }) => Math.round(percentage * 10)))
  expect(sum).toBe(all === 0 ? 0 : 1000)
  for (const { views, percentage } of parts) {
    expect(Math.abs(percentage - (all === 0 ? 0 : (views * 100) / all))).toBeLessThan(0.1)
  }
}

interface Asked {
  readonly videoId: string | null
  readonly period: keyof typeof PERIODS
  readonly zone: string
  readonly now: number
}

function checkSeries(analytics: Analytics, { videoId, period, zone, now }: Asked, views: readonly RawView[]): void {
  const series = (granularity: 'hourly' | 'daily' | 'weekly') =>
    analytics.series({ videoId, granularity, period, timeZone: zone }, now).buckets
  const days = PERIODS[period]
  const today = wallClock(zone, now).date

  const hours = series('hourly')
  expect(hours.length).toBe(days * 24)
  const starts = hours.map(({ startsAt }) => Date.parse(startsAt))
  expect(wallClock(zone, starts.at(-1) ?? 0).minute).toBe(0)
  expect(now - (starts.at(-1) ?? 0)).toBeLessThan(HOUR_MS)
  expect(hours).toEqual(
    starts.map((from, index) => {
      expect(from - (starts[index - 1] ?? from - HOUR_MS)).toBe(HOUR_MS)
      return { startsAt: new Date(from).toISOString(), ...facts(within(views, from, from + HOUR_MS)) }
    }),
  )

  const dates = Array.from({ length: days }, (_, index) => dayAfter(today, index + 1 - days))
  const dated = (date: string) => views.filter(({ startedAt }) => wallClock(zone, startedAt).date === date)
  expect(
    series('daily').map((bucket) => ({ ...bucket, startsAt: wallClock(zone, Date.parse(bucket.startsAt)).date })),
  ).toEqual(dates.map((date) => ({ startsAt: date, ...facts(dated(date)) })))

  const mondays = [...new Set(dates.map(mondayOf))]
  const inWeek = (monday: string) =>
    views.filter(({ startedAt }) => mondayOf(wallClock(zone, startedAt).date) === monday)
  expect(
    series('weekly').map((bucket) => ({ ...bucket, startsAt: wallClock(zone, Date.parse(bucket.startsAt)).date })),
  ).toEqual(mondays.map((monday) => ({ startsAt: monday, ...facts(inWeek(monday)) })))
}

function checkDashboard(analytics: Analytics, { videoId, period, zone, now }: Asked, views: readonly RawView[]): void {
  const asked = { videoId, period, includeRealtime: true, timeZone: zone }
  const { trends, peakHours, bestDays, realtime } = analytics.dashboard(asked, now)
  const granularity = period === '24h' ? 'hourly' : 'daily'
  const edges = (at: number) =>
    analytics
      .series({ videoId, granularity, period, timeZone: zone }, at)
      .buckets.map(({ startsAt }) => Date.parse(startsAt))
  const from = edges(now)[0] ?? 0
  const before = edges(from - 1)[0] ?? 0
  const current = views.filter(({ startedAt }) => startedAt >= from)
  const lasted = Math.ceil((now + 1 - from) / 900_000) * 900_000
  const previous = within(views, before, Math.min(before + lasted, from))
  const change = (now_: number, then: number) => ({
    ...{ current: now_, previous: then, change: then === 0 ? null : oneDecimal(((now_ - then) * 100) / then) },
  })
  expect(trends).toEqual({
    views: change(current.length, previous.length),
    uniqueViewers: change(distinct(current), distinct(previous)),
    watchTime: change(watched(current), watched(previous)),
    averageCompletion: change(meanCompletion(current), meanCompletion(previous)),
  })

  const byHour = countBy(current, ({ startedAt }) => wallClock(zone, startedAt).hour)
  expect(new Map(peakHours.map(({ hour, views: count }) => [hour, count]))).toEqual(byHour)
  expect(peakHours.map((hour) => hour.views)).toEqual([...byHour.values()].sort((a, b) => b - a))
  const byDay = countBy(current, ({ startedAt }) => wallClock(zone, startedAt).date)
  expect(bestDays.map((day) => day.views)).toEqual([...byDay.values()].sort((a, b) => b - a).slice(0, 7))
  for (const { date, weekday, views: count } of bestDays) {
    const name = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(Date.parse(date))
    expect([date, weekday, count]).toEqual([date, name, byDay.get(date)])
  }
  expect(realtime).toEqual({
    ...facts(within(views, now - HOUR_MS, now + 1)),
    activeViewers: views.filter(({ reportedAt }) => reportedAt >= now - 300_000).length,
  })
}

function checkTop(analytics: Analytics, raw: readonly RawView[], now: number): void {
  const { videos } = analytics.topVideos({ period: '30d', limit: 2 }, now)
  const firstDay = dayAfter(new Date(now).toISOString().slice(0, 10), -29)
  const recent = raw.filter(({ startedAt, video }) => startedAt >= Date.parse(firstDay) && video !== 'gone')
  const ranked = [...countBy(recent, ({ video }) => video)]
    .map(([videoId]) => ({ videoId, of: recent.filter(({ video }) => video === videoId) }))
    .toSorted((a, b) => b.of.length - a.of.length || watched(b.of) - watched(a.of) || (a.videoId < b.videoId ? -1 : 1))
  expect(videos).toEqual(
    ranked.slice(0, 2).map(({ videoId, of }) => ({
      ...{ videoId, title: videoId, thumbnailUrl: null, ...facts(of), averageCompletion: meanCompletion(of) },
    })),
  )
}
