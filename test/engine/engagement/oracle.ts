import { randomFrom } from '../../support/random.ts'

/** One view as it was reported, at its end. */
export interface RawView {
  readonly video: string
  readonly session: string
  readonly viewer: string
  readonly startedAt: number
  reportedAt: number
  watchSeconds: number
  completion: number
  readonly device: string
  readonly browser: string
  readonly os: string
  readonly country: string
  readonly city: string | null
}

const DAY_MS = 86_400_000

const clocks = new Map<string, Intl.DateTimeFormat>()

/** What a wall clock of a zone shows, asked for each instant alone and by way of text. */
export function wallClock(zone: string, at: number): { date: string; hour: number; minute: number } {
  const style = { dateStyle: 'short', timeStyle: 'medium' } as const
  const clock = clocks.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, ...style })
  clocks.set(zone, clock)
  const [date = '', time = ''] = clock.format(at).split(' ')
  const [hour, minute] = time.split(':').map(Number)
  return { date, hour: hour ?? 0, minute: minute ?? 0 }
}

/** The calendar day so many days after one. */
export function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

export function mondayOf(date: string): string {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return dayAfter(date, -((weekday + 6) % 7))
}

export const distinct = (views: readonly RawView[]): number => new Set(views.map(({ viewer }) => viewer)).size
export const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)
export const oneDecimal = (value: number): number => Math.round(value * 10) / 10
export const watched = (views: readonly RawView[]): number => total(views.map(({ watchSeconds }) => watchSeconds))

/** In millionths of a percent, as no sum of floats is exact. */
export function meanCompletion(views: readonly RawView[]): number {
  if (views.length === 0) return 0
  return oneDecimal(total(views.map(({ completion }) => Math.round(completion * 1e6))) / views.length / 1e6)
}

export function countBy<T>(views: readonly RawView[], keyOf: (view: RawView) => T): Map<T, number> {
  const counts = new Map<T, number>()
  for (const view of views) counts.set(keyOf(view), (counts.get(keyOf(view)) ?? 0) + 1)
  return counts
}

export interface Step {
  readonly at: number
  readonly view: Omit<RawView, 'startedAt' | 'reportedAt'>
}

export const ZONES = [
  ...['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Asia/Kathmandu', 'America/Havana'],
  ...['Australia/Lord_Howe', 'Africa/Casablanca', 'Pacific/Chatham', 'America/St_Johns'],
]

/** Around changes of clocks, of years and of nothing. */
const NOWS = [
  ...['2026-03-29T01:30:00Z', '2026-03-08T05:15:00Z', '2026-10-25T01:10:00Z', '2026-11-01T06:00:00Z'],
  ...['2026-04-04T15:29:59.999Z', '2026-01-01T00:00:00Z', '2026-02-19T03:00:00Z', '2026-06-30T23:59:59.999Z'],
]

/** A history of reports up to a moment: bursts, edges of hours and days, sessions that go on, and a clock set back. */
export function randomHistory(seed: number): { now: number; zone: string; steps: Step[] } {
  const random = randomFrom(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const zone = pick(ZONES)
  const now = Date.parse(pick(NOWS)) + Math.floor((random() - 0.5) * DAY_MS * pick([0, 1, 20]))
  const times = Array.from({ length: 40 + Math.floor(random() * 120) }, () => {
    const at = now - Math.floor(random() ** pick([1, 3]) * 66 * DAY_MS)
    const edge = pick([1, 900_000, 3_600_000, DAY_MS, DAY_MS])
    return Math.min(now, at - (at % edge) + pick([-1, 0, 1]))
  }).toSorted((a, b) => a - b)
  const steps: Step[] = []
  for (const [index, time] of times.entries()) {
    const at = random() < 0.04 ? time - Math.floor(random() * 3 * DAY_MS) : time
    const earlier = random() < 0.3 ? pick(steps) : undefined
    const completion = pick([0, 10, 25, 49.999999, 50, 75, 89.9, 90, 100, random() * 100])
    steps.push({
      at,
      view: {
        ...(earlier ? { ...earlier.view } : newView(index, pick)),
        ...(random() < 0.05 ? { video: pick(VIDEOS) } : {}),
        ...{ watchSeconds: Math.floor(random() * 900), completion: Math.round(completion * 1e6) / 1e6 },
      },
    })
  }
  return { now, zone, steps }
}

export const VIDEOS = ['v1', 'v2', 'v3', 'gone']

function newView(index: number, pick: <T>(list: readonly T[]) => T) {
  const country = pick(['DE', 'FR', 'local network', 'unknown'])
  return {
    ...{ video: pick(VIDEOS), session: `s${index}`, viewer: pick(['a', 'b', 'c', 'd', 'e', 'f', 'g']) },
    ...{ device: pick(['desktop', 'mobile', 'tv']), browser: pick(['Chrome', 'Firefox']), os: pick(['iOS', 'Linux']) },
    ...{ country, city: country === 'DE' ? pick(['Ulm', 'Kiel', null]) : null },
  }
}
