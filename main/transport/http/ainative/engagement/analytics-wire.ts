import { z } from 'zod'
import { Id } from '../../../../contract/index.ts'
import * as contract from '../../../../contract/index.ts'
import { QueryBoolean, snakeKeys } from '../../fields.ts'

type Output<O extends contract.Operation> = z.output<O['output']>

const VIDEO = '550e8400-e29b-41d4-a716-446655440000'
const video_id = Id
const Count = z.int().nonnegative()
const Percent = z.number().min(0).max(100)
const Seconds = z.number().nonnegative()

const TOTALS = {
  ...{ total_views: 12_430, unique_viewers: 8901, avg_watch_duration: 312.4, avg_completion_rate: 67.2 },
  ...{ likes: 432, shares: 89, comments_count: 147 },
}
const Totals = z.object({
  total_views: Count,
  unique_viewers: Count,
  avg_watch_duration: Seconds.describe('Seconds.'),
  avg_completion_rate: Percent,
  likes: Count,
  shares: Count,
  comments_count: Count.describe('Annotations of the video.'),
})
export const AnalyticsBody = Totals.extend({ video_id }).meta({
  id: 'VideoAnalytics',
  examples: [{ video_id: VIDEO, ...TOTALS }],
})

const Zone = contract.getViewSeries.input.shape.timeZone.describe('IANA time zone whose hours, days and weeks count.')
export const SeriesQuery = z.object({
  granularity: contract.Granularity.optional(),
  period: contract.Period.optional(),
  tz: Zone,
})
const BUCKET = { timestamp: '2026-03-15T00:00:00.000Z', views: 412, unique_viewers: 301, watch_time: 128_708 }
export const SeriesBody = z
  .object({
    video_id,
    granularity: contract.Granularity,
    period: contract.Period,
    data: z
      .array(
        z.object({
          timestamp: contract.Instant.describe('When the bucket begins.'),
          views: Count,
          unique_viewers: Count,
          watch_time: Count.describe('Seconds.'),
        }),
      )
      .describe('Oldest first; the last one is the current one.'),
  })
  .meta({
    id: 'AggregatedAnalytics',
    examples: [{ video_id: VIDEO, granularity: 'daily', period: '7d', data: [BUCKET] }],
  })

const Share = z.object({ name: z.string(), views: Count, percentage: Percent })
const share = (name: string) => ({ name, views: 12_430, percentage: 100 })
export const DevicesBody = z
  .object({
    ...{ video_id, total_views: Count },
    ...{ device_types: z.array(Share), browsers: z.array(Share), operating_systems: z.array(Share) },
  })
  .meta({
    id: 'DeviceAnalytics',
    examples: [
      {
        ...{ video_id: VIDEO, total_views: 12_430, device_types: [share('desktop')] },
        ...{ browsers: [share('Chrome')], operating_systems: [share('Windows')] },
      },
    ],
  })

export const DistributionBody = z
  .object({
    ...{ video_id, total_views: Count },
    distribution: z.array(
      z.object({ range: z.string(), from: Percent, to: Percent, views: Count, percentage: Percent }),
    ),
  })
  .meta({
    id: 'WatchTimeDistribution',
    examples: [
      {
        ...{ video_id: VIDEO, total_views: 12_430 },
        distribution: [{ range: '0-25', from: 0, to: 25, views: 1243, percentage: 10 }],
      },
    ],
  })

export const CompletionQuery = z.object({
  breakdown: z.literal('device').optional().describe('Tells it for each type of device, too.'),
})
const Completion = z.object({
  total_views: Count,
  completion_rate: Percent.describe('Percent of views that reached 90 % of the video.'),
  average_completion: Percent,
  drop_off: z
    .array(
      z.object({
        ...{ from: Percent, to: Percent },
        reached: Count.describe('Views that got to `from` at least.'),
        ended: Count.describe('Views that ended before `to`.'),
        retention: Percent.describe('`reached` in percent of all views.'),
      }),
    )
    .describe('By tenths of the video.'),
})
const COMPLETION = {
  ...{ total_views: 12_430, completion_rate: 41.3, average_completion: 67.2 },
  drop_off: [{ from: 0, to: 10, reached: 12_430, ended: 930, retention: 100 }],
}
export const CompletionBody = Completion.extend({
  video_id,
  by_device: z.array(Completion.extend({ device: z.string() })).nullable(),
}).meta({ id: 'CompletionAnalytics', examples: [{ video_id: VIDEO, ...COMPLETION, by_device: null }] })

export const GeographyBody = z
  .object({
    ...{ video_id, total_views: Count },
    countries: z.array(
      z.object({ country: z.string(), country_code: z.string().nullable(), views: Count, percentage: Percent }),
    ),
    cities: z
      .array(z.object({ city: z.string(), country_code: z.string().nullable(), views: Count, percentage: Percent }))
      .describe('Those with three viewers or more.'),
  })
  .meta({
    id: 'GeographicAnalytics',
    examples: [
      {
        ...{ video_id: VIDEO, total_views: 12_430 },
        countries: [{ country: 'Germany', country_code: 'DE', views: 12_430, percentage: 100 }],
        cities: [],
      },
    ],
  })

export const DashboardQuery = z.object({
  include_realtime: QueryBoolean.default(false).describe('Metrics of the last hour, too.'),
  period: contract.Period.optional(),
  tz: Zone,
})
const Trend = z.object({
  current: z.number(),
  previous: z.number(),
  change: z.number().nullable().describe('Percent; null when the period before had nothing.'),
})
const TREND = { current: 412, previous: 400, change: 3 }
export const DashboardBody = z
  .object({
    video_id,
    period: contract.Period,
    overall: Totals,
    trends: z.object({ views: Trend, unique_viewers: Trend, watch_time: Trend, average_completion: Trend }),
    peak_hours: z.array(z.object({ hour: z.int().min(0).max(23), views: Count })),
    best_days: z.array(z.object({ date: z.iso.date(), weekday: z.string(), views: Count })),
    realtime: z
      .object({ views: Count, unique_viewers: Count, watch_time: Count, active_viewers: Count })
      .nullable()
      .describe('null unless asked for.'),
  })
  .meta({
    id: 'AnalyticsDashboard',
    examples: [
      {
        ...{ video_id: VIDEO, period: '30d', overall: TOTALS },
        trends: { views: TREND, unique_viewers: TREND, watch_time: TREND, average_completion: TREND },
        peak_hours: [{ hour: 20, views: 97 }],
        best_days: [{ date: '2026-03-15', weekday: 'Sunday', views: 412 }],
        realtime: { views: 12, unique_viewers: 9, watch_time: 3120, active_viewers: 4 },
      },
    ],
  })

export function dashboardToWire({ overall, trends, realtime, ...dashboard }: Output<typeof contract.getDashboard>) {
  return {
    ...snakeKeys(dashboard),
    overall: snakeKeys(overall),
    trends: snakeKeys(trends),
    realtime: realtime && snakeKeys(realtime),
  }
}
