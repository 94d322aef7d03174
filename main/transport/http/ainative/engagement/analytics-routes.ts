import type { z } from 'zod'
import * as contract from '../../../../contract/index.ts'
import { readRequest, route, type Exchange, type Route } from '../../route.ts'
import * as wire from './analytics-wire.ts'
import { VideoPath } from '../wire.ts'

const params = VideoPath
const about = ({ params: { video_id } }: { params: z.output<typeof VideoPath> }) => ({ videoId: video_id })
/** Every answer names the video it is about. */
const videoOf = ({ request }: Exchange) => readRequest({ params }, request).params

export const analyticsRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/videos/:video_id/analytics',
    operation: contract.getAnalytics,
    request: { params },
    response: wire.AnalyticsBody,
    toInput: about,
    toWire: (totals, exchange) => ({ ...videoOf(exchange), ...wire.totalsToWire(totals) }),
  }),
  route({
    method: 'GET',
    path: '/videos/:video_id/analytics/aggregated',
    operation: contract.getViewSeries,
    request: { params, query: wire.SeriesQuery },
    response: wire.SeriesBody,
    toInput: ({ params: { video_id }, query: { granularity, period, tz } }) => ({
      ...{ videoId: video_id, granularity, period, timeZone: tz },
    }),
    toWire: ({ granularity, period, buckets }, exchange) => ({
      ...{ ...videoOf(exchange), granularity, period },
      data: buckets.map(({ startsAt, views, uniqueViewers, watchTime }) => ({
        ...{ timestamp: startsAt, views, unique_viewers: uniqueViewers, watch_time: watchTime },
      })),
    }),
  }),
  route({
    method: 'GET',
    path: '/videos/:video_id/analytics/devices',
    operation: contract.getDevices,
    request: { params },
    response: wire.DevicesBody,
    toInput: about,
    toWire: ({ totalViews, deviceTypes, browsers, operatingSystems }, exchange) => ({
      ...{ ...videoOf(exchange), total_views: totalViews },
      ...{ device_types: deviceTypes, browsers, operating_systems: operatingSystems },
    }),
  }),
  route({
    method: 'GET',
    path: '/videos/:video_id/analytics/watch-time-distribution',
    operation: contract.getWatchTimeDistribution,
    request: { params },
    response: wire.DistributionBody,
    toInput: about,
    toWire: ({ totalViews, quarters }, exchange) => ({
      ...{ ...videoOf(exchange), total_views: totalViews },
      distribution: quarters.map((quarter) => ({ range: `${quarter.from}-${quarter.to}`, ...quarter })),
    }),
  }),
  route({
    method: 'GET',
    path: '/videos/:video_id/analytics/completion-rate',
    operation: contract.getCompletion,
    request: { params, query: wire.CompletionQuery },
    response: wire.CompletionBody,
    toInput: ({ params: { video_id }, query }) => ({ videoId: video_id, byDevice: query.breakdown === 'device' }),
    toWire: ({ byDevice, ...all }, exchange) => ({
      ...{ ...videoOf(exchange), ...wire.completionToWire(all) },
      by_device: byDevice?.map((each) => ({ device: each.device, ...wire.completionToWire(each) })) ?? null,
    }),
  }),
  route({
    method: 'GET',
    path: '/videos/:video_id/analytics/geography',
    operation: contract.getGeography,
    request: { params },
    response: wire.GeographyBody,
    toInput: about,
    toWire: ({ totalViews, countries, cities }, exchange) => ({
      ...{ ...videoOf(exchange), total_views: totalViews },
      countries: countries.map(({ countryCode, ...country }) => ({ ...country, country_code: countryCode })),
      cities: cities.map(({ countryCode, ...city }) => ({ ...city, country_code: countryCode })),
    }),
  }),
  route({
    method: 'GET',
    path: '/videos/:video_id/analytics/dashboard',
    operation: contract.getDashboard,
    request: { params, query: wire.DashboardQuery },
    response: wire.DashboardBody,
    toInput: ({ params: { video_id }, query: { include_realtime, period, tz } }) => ({
      ...{ videoId: video_id, period, includeRealtime: include_realtime, timeZone: tz },
    }),
    toWire: (dashboard, exchange) => ({ ...videoOf(exchange), ...wire.dashboardToWire(dashboard) }),
  }),
]
