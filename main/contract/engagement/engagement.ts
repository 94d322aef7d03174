import { z } from 'zod'
import { Id } from '../id.ts'
import { Done, Instant, operation } from '../operation.ts'

const VideoId = z.object({ videoId: Id })
const Count = z.int().nonnegative()
/** 0..100. */
const Percent = z.number().min(0).max(100)

/** Where a view came from, as its door saw it. Used to tell viewers, devices and places apart, then forgotten. */
const Origin = z.object({
  /** The viewer's IP address; null for the window of this machine. */
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
})

export const trackView = operation('engagement.trackView', {
  summary: 'Record how far somebody watched; repeated calls of one session raise one view.',
  scope: 'none',
  input: VideoId.extend({
    /** LI-11; nobody watches for longer than a year, and sums stay exact. */
    watchDuration: z.int().nonnegative().max(31_536_000),
    /** LI-11 */
    completionPercentage: Percent,
    /** LI-12 */
    sessionId: z.string().max(255).optional(),
    origin: Origin.default({ address: null, userAgent: null }),
  }),
  output: z.object({ sessionId: z.string(), isNew: z.boolean() }),
})

export const likeVideo = operation('engagement.like', {
  summary: 'Like a video, once per person.',
  scope: 'read',
  input: VideoId,
  output: z.object({ likes: Count }),
})

export const unlikeVideo = operation('engagement.unlike', {
  summary: 'Take a like back.',
  scope: 'read',
  input: VideoId,
  output: z.object({ likes: Count }),
})

export const shareVideo = operation('engagement.share', {
  summary: 'Record that a video was shared, and where.',
  scope: 'none',
  input: VideoId.extend({
    /** LI-31 */
    platform: z.string().trim().toLowerCase().max(50).nullable().default(null),
    origin: Origin.default({ address: null, userAgent: null }),
  }),
  output: z.object({ shares: Count }),
})

export const getEngagement = operation('engagement.get', {
  summary: 'What the caller and others did with a video, for its page.',
  scope: 'read',
  input: VideoId,
  output: z.object({ totalViews: Count, likes: Count, shares: Count, likedByMe: z.boolean() }),
})

/** null counts the whole library: every view ever recorded, also of videos that were deleted since. */
const About = z.object({ videoId: Id.nullable() })

const AnalyticsTotals = z.object({
  totalViews: Count,
  uniqueViewers: Count,
  /** Seconds; 0 without views. */
  avgWatchDuration: z.number().nonnegative(),
  avgCompletionRate: Percent,
  likes: Count,
  shares: Count,
  /** Annotations of the video; `comments_count` on the wire. */
  commentsCount: Count,
})

export const getAnalytics = operation('analytics.totals', {
  summary: 'How a video does, in numbers. Its owner and admins only.',
  scope: 'read',
  input: About,
  output: AnalyticsTotals,
})

export const Granularity = z.enum(['hourly', 'daily', 'weekly'])
export type Granularity = z.infer<typeof Granularity>
export const Period = z.enum(['24h', '7d', '30d'])
export type Period = z.infer<typeof Period>

/** An IANA time zone that this machine knows. */
const TimeZone = z.string().max(64).refine(isTimeZone, 'There is no such time zone.')

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0).length > 0
  } catch {
    return false
  }
}

export const getViewSeries = operation('analytics.series', {
  summary: 'Views over time, in buckets that begin on the hour, the day or the Monday.',
  scope: 'read',
  input: About.extend({
    granularity: Granularity.default('daily'),
    period: Period.default('7d'),
    timeZone: TimeZone.default('UTC'),
  }),
  output: z.object({
    granularity: Granularity,
    period: Period,
    /** Zero-filled, oldest first. */
    buckets: z.array(
      z.object({
        startsAt: Instant,
        views: Count,
        uniqueViewers: Count,
        /** Seconds. */
        watchTime: Count,
      }),
    ),
  }),
})

const Share = z.object({ name: z.string(), views: Count, percentage: Percent })

export const getDevices = operation('analytics.devices', {
  summary: 'What people watch on: devices, browsers and systems.',
  scope: 'read',
  input: About,
  output: z.object({
    totalViews: Count,
    deviceTypes: z.array(Share),
    browsers: z.array(Share),
    operatingSystems: z.array(Share),
  }),
})

export const getWatchTimeDistribution = operation('analytics.distribution', {
  summary: 'How many views ended in each quarter of the video.',
  scope: 'read',
  input: About,
  output: z.object({
    totalViews: Count,
    /** "[0,25) [25,50) [50,75) [75,100]" */
    quarters: z.array(z.object({ from: Percent, to: Percent, views: Count, percentage: Percent })).length(4),
  }),
})

const Completion = z.object({
  totalViews: Count,
  /** Percent of views that reached 90 %. */
  completionRate: Percent,
  averageCompletion: Percent,
  /** One row per tenth of the video: how many views got that far, and how many ended within it. */
  dropOff: z
    .array(z.object({ from: Percent, to: Percent, reached: Count, ended: Count, retention: Percent }))
    .length(10),
})

export const getCompletion = operation('analytics.completion', {
  summary: 'How far people watch, and where they leave.',
  scope: 'read',
  input: About.extend({ byDevice: z.boolean().default(false) }),
  output: Completion.extend({
    /** null unless asked for. */
    byDevice: z.array(Completion.extend({ device: z.string() })).nullable(),
  }),
})

export const getGeography = operation('analytics.geography', {
  summary: 'Where people watch, estimated; a city is named from three viewers on.',
  scope: 'read',
  input: About,
  output: z.object({
    totalViews: Count,
    countries: z.array(
      z.object({ country: z.string(), countryCode: z.string().nullable(), views: Count, percentage: Percent }),
    ),
    cities: z.array(
      z.object({ city: z.string(), countryCode: z.string().nullable(), views: Count, percentage: Percent }),
    ),
  }),
})

/** Against the equal period before; `change` in percent, null when that period had nothing. */
const Trend = z.object({ current: z.number(), previous: z.number(), change: z.number().nullable() })

export const getDashboard = operation('analytics.dashboard', {
  summary: 'The whole picture: totals, trends, peak hours, best days and, when asked for, the last hour.',
  scope: 'read',
  input: About.extend({
    period: Period.default('30d'),
    includeRealtime: z.boolean().default(false),
    timeZone: TimeZone.default('UTC'),
  }),
  output: z.object({
    overall: AnalyticsTotals,
    period: Period,
    trends: z.object({
      views: Trend,
      uniqueViewers: Trend,
      watchTime: Trend,
      averageCompletion: Trend,
    }),
    /** Hours of the day that had views in the period, most first. */
    peakHours: z.array(z.object({ hour: z.int().min(0).max(23), views: Count })),
    /** Days of the period that had views, best first, at most seven. */
    bestDays: z.array(z.object({ date: z.iso.date(), weekday: z.string(), views: Count })),
    /** The last hour; null unless asked for. */
    realtime: z
      .object({
        views: Count,
        uniqueViewers: Count,
        watchTime: Count,
        /** Sessions that reported within the last five minutes. */
        activeViewers: Count,
      })
      .nullable(),
  }),
})

export const getTopVideos = operation('analytics.topVideos', {
  summary: 'The most watched videos of a period.',
  scope: 'read',
  input: z.object({ period: Period.default('30d'), limit: z.int().min(1).max(100).default(10) }),
  output: z.object({
    videos: z.array(
      z.object({
        videoId: Id,
        title: z.string(),
        thumbnailUrl: z.string().nullable(),
        views: Count,
        uniqueViewers: Count,
        /** Seconds. */
        watchTime: Count,
        averageCompletion: Percent,
      }),
    ),
  }),
})

export const forgetViewers = operation('analytics.forgetViewers', {
  summary: 'Make it impossible to tell old viewers from new ones: rotates the secret that they are told apart by.',
  scope: 'admin',
  input: z.strictObject({}),
  output: Done,
  audit: { target: () => null },
})
