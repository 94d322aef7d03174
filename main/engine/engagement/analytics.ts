import type { z } from 'zod'
import type * as contract from '../../contract/index.ts'
import { toInstant } from '../../base/clock.ts'
import { percentages, toTenth } from '../../base/percentages.ts'
import { TimeZone } from '../../base/time-zone.ts'
import { mediaPath } from '../../contract/media-urls.ts'
import type { Database } from '../../platform/database/index.ts'
import { MediaReader } from '../library/index.ts'
import { SLOT_MS, slotOf } from './audience-rows.ts'
import { Audiences } from './audiences.ts'
import { averageCompletion, completionOf, quartersOf } from './completion.ts'
import { describeNow, describePeriod } from './dashboard.ts'
import { LOCAL_DEVICE, LOCAL_NETWORK } from './geoip.ts'
import { bucketEdges, spanOf } from './periods.ts'
import { TopVideos } from './top-videos.ts'

type Input<O extends contract.Operation> = z.output<O['input']>
type Output<O extends contract.Operation> = z.output<O['output']>
/** Annotations are counted elsewhere. */
export type Totals = Omit<Output<typeof contract.getAnalytics>, 'commentsCount'>
export type Dashboard = Omit<Output<typeof contract.getDashboard>, 'overall'> & { overall: Totals }

/**
 * Answers analytics from sums that are kept with each view. Their cost does not grow with the number of views, except for
 * distinct viewers, which are counted in one index over the span.
 */
export class Analytics {
  readonly #audiences: Audiences
  readonly #topVideos: TopVideos
  readonly #zones = new Map<string, TimeZone>()

  constructor(database: Database) {
    this.#audiences = new Audiences(database)
    this.#topVideos = new TopVideos(database, this.#audiences, new MediaReader(database))
  }

  totals({ videoId }: Input<typeof contract.getAnalytics>): Totals {
    const totals = this.#audiences.totals(this.#audiences.of(videoId))
    return {
      totalViews: totals.views,
      uniqueViewers: totals.viewers,
      avgWatchDuration: totals.views === 0 ? 0 : toTenth(totals.watch_seconds / totals.views),
      avgCompletionRate: averageCompletion(totals),
      likes: totals.likes,
      shares: totals.shares,
    }
  }

  series(asked: Input<typeof contract.getViewSeries>, now = Date.now()): Output<typeof contract.getViewSeries> {
    const { videoId, granularity, period } = asked
    const audience = this.#audiences.of(videoId)
    const edges = bucketEdges(granularity, period, this.#zone(asked.timeZone), now)
    const slots = this.#audiences.slots(audience, edges[0] ?? now, edges.at(-1) ?? now)
    let next = 0
    const buckets = edges.slice(0, -1).map((from, index) => {
      const to = edges[index + 1] ?? from
      let [views, watchTime] = [0, 0]
      for (; (slots[next]?.slot ?? Infinity) * SLOT_MS < to; next += 1) {
        views += slots[next]?.views ?? 0
        watchTime += slots[next]?.watch_seconds ?? 0
      }
      const uniqueViewers = views === 0 ? 0 : this.#audiences.viewers(audience, { from, to }, now)
      return { startsAt: toInstant(from), views, uniqueViewers, watchTime }
    })
    return { granularity, period, buckets }
  }

  devices({ videoId }: Input<typeof contract.getDevices>): Output<typeof contract.getDevices> {
    const audience = this.#audiences.of(videoId)
    const shares = (trait: 'device' | 'browser' | 'os') =>
      withShares(this.#audiences.traits(audience, trait).map(({ value: name, views }) => ({ name, views })))
    return {
      totalViews: this.#audiences.totals(audience).views,
      ...{ deviceTypes: shares('device'), browsers: shares('browser'), operatingSystems: shares('os') },
    }
  }

  distribution({
    videoId,
  }: Input<typeof contract.getWatchTimeDistribution>): Output<typeof contract.getWatchTimeDistribution> {
    const audience = this.#audiences.of(videoId)
    const quarters = quartersOf(this.#audiences.endings(audience))
    return { totalViews: this.#audiences.totals(audience).views, quarters }
  }

  completion(asked: Input<typeof contract.getCompletion>): Output<typeof contract.getCompletion> {
    const endings = this.#audiences.endings(this.#audiences.of(asked.videoId))
    const devices = [...new Set(endings.map(({ device }) => device))]
    const byDevice = devices
      .map((device) => ({ device, ...completionOf(endings.filter((ending) => ending.device === device)) }))
      .toSorted((a, b) => b.totalViews - a.totalViews || (a.device < b.device ? -1 : 1))
    return { ...completionOf(endings), byDevice: asked.byDevice ? byDevice : null }
  }

  geography({ videoId }: Input<typeof contract.getGeography>): Output<typeof contract.getGeography> {
    const audience = this.#audiences.of(videoId)
    const totalViews = this.#audiences.totals(audience).views
    const countries = this.#audiences
      .traits(audience, 'country')
      .map(({ value, views }) => ({ ...named(value), views }))
    const cities = this.#audiences
      .cities(audience)
      .map(({ city, country, views }) => ({ city, countryCode: codeOf(country), views }))
    const elsewhere = totalViews - cities.reduce((sum, { views }) => sum + views, 0)
    // Where cities are named, what is not is named too: the parts make the whole.
    if (cities.length > 0 && elsewhere > 0) cities.push({ city: 'Elsewhere', countryCode: null, views: elsewhere })
    return { totalViews, countries: withShares(countries), cities: withShares(cities) }
  }

  dashboard(asked: Input<typeof contract.getDashboard>, now = Date.now()): Dashboard {
    const { videoId, period, includeRealtime } = asked
    const audience = this.#audiences.of(videoId)
    return {
      overall: this.totals({ videoId }),
      ...describePeriod(this.#audiences, { audience, period, zone: this.#zone(asked.timeZone), now }),
      realtime: includeRealtime ? describeNow(this.#audiences, audience, now) : null,
    }
  }

  topVideos(asked: Input<typeof contract.getTopVideos>, now = Date.now()): Output<typeof contract.getTopVideos> {
    const { from, to } = spanOf(asked.period, this.#zone('UTC'), now)
    const videos = this.#topVideos.find(slotOf(from), slotOf(to), asked.limit).map((found) => ({
      videoId: found.video.id,
      title: found.video.title,
      thumbnailUrl: found.video.thumbnailUrl ?? mediaPath.poster(found.video.id, found.video.poster),
      views: found.views,
      uniqueViewers: this.#audiences.viewers(found.audience, { from, to }, now),
      watchTime: found.watch_seconds,
      averageCompletion: averageCompletion(found),
    }))
    return { videos }
  }

  /** The clock was set back: cached counts may be wrong. */
  forgetPast(): void {
    this.#audiences.forgetPast()
  }

  #zone(name: string): TimeZone {
    const known = this.#zones.get(name) ?? new TimeZone(name)
    this.#zones.set(name, known)
    return known
  }
}

function withShares<T extends { readonly views: number }>(parts: readonly T[]): (T & { percentage: number })[] {
  const shares = percentages(parts.map(({ views }) => views))
  return parts.map((part, index) => ({ ...part, percentage: shares[index] ?? 0 }))
}

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' })

/** LI-15. */
function named(country: string): { country: string; countryCode: string | null } {
  const countryCode = codeOf(country)
  if (countryCode !== null) return { country: regions.of(countryCode) ?? countryCode, countryCode }
  const name = { [LOCAL_DEVICE]: 'Local device', [LOCAL_NETWORK]: 'Local network' }[country] ?? 'Unknown'
  return { country: name, countryCode }
}

function codeOf(country: string): string | null {
  return /^[A-Z]{2}$/.test(country) ? country : null
}
