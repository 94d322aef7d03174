import type { Granularity, Period } from '../../../main/contract/index.ts'
import { count } from '../../shared/format/size.ts'
import { span } from '../../shared/format/time.ts'

/** Below this many views a share or a curve says more about chance than about people. */
export const FEW_VIEWS = 5

export const PERIODS: Readonly<Record<Period, string>> = {
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
}

/** The widths of a bucket that say something about a period, the usual one first. */
export const GRANULARITIES: Readonly<Record<Period, readonly Granularity[]>> = {
  '24h': ['hourly'],
  '7d': ['daily', 'hourly'],
  '30d': ['daily', 'weekly', 'hourly'],
}

/** `62%`, `<1%`: what is there is never shown as nothing, and what is not all never as all. */
export function percent(value: number): string {
  if (value > 0 && value < 1) return '<1%'
  if (value > 99 && value < 100) return '>99%'
  return `${Math.round(value)}%`
}

/** `41 s`, `1 h 38 min`; `0 s` when nothing was watched. */
export function watched(seconds: number): string {
  return span(seconds)
}

interface Trend {
  readonly current: number
  readonly previous: number
  /** Percent; null when there was nothing before. */
  readonly change: number | null
}

export interface TrendText {
  readonly direction: 'up' | 'down' | 'same'
  readonly text: string
}

/**
 * How something did against the equal period before. A share of a handful would mislead: there the numbers stand alone.
 * @param show a number as people read it
 */
export function trendText({ current, previous, change }: Trend, show: (value: number) => string, few = 0): TrendText {
  const direction = current > previous ? 'up' : current < previous ? 'down' : 'same'
  if (change === null) return { direction, text: current > 0 ? 'None in the previous period' : 'None in either period' }
  if (direction === 'same') return { direction, text: 'Same as the previous period' }
  if (previous < few) return { direction, text: `${show(previous)} in the previous period` }
  return {
    direction,
    text: `${direction === 'up' ? 'Up' : 'Down'} ${percent(Math.abs(change))} on the previous period`,
  }
}

/** The start of a bucket as an axis (`short`) or a reader names it. */
export function bucketName(startsAt: string, granularity: Granularity, short = false): string {
  const date = new Date(startsAt)
  const day = { day: 'numeric', month: 'short' } as const
  const hour = { hour: '2-digit', minute: '2-digit' } as const
  if (granularity === 'hourly')
    return date.toLocaleString('en-GB', short ? hour : { weekday: 'short', ...day, ...hour })
  if (granularity === 'daily') return date.toLocaleDateString('en-GB', short ? day : { weekday: 'short', ...day })
  return short ? date.toLocaleDateString('en-GB', day) : `Week from ${date.toLocaleDateString('en-GB', day)}`
}

/** `3 views: too few for a curve.` */
export function tooFew(views: number, what: string): string {
  return `${count(views, 'view')}: too few for ${what}.`
}

/** `09:00` */
export function hourName(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}

/** The hours of a day in their order, those without views too. */
export function wholeDay(hours: readonly { readonly hour: number; readonly views: number }[]): number[] {
  const views = Array.from({ length: 24 }, () => 0)
  for (const { hour, views: amount } of hours) views[hour] = amount
  return views
}

/** `desktop` as it begins a line: `Desktop`. */
export function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
