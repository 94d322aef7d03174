import type { z } from 'zod'
import * as contract from '../../../../contract/index.ts'
import { snakeKeys } from '../../fields.ts'
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
    id: 'getVideoAnalytics',
    path: '/videos/:video_id/analytics',
    operation: contract.getAnalytics,
    request: { params },
    response: wire.AnalyticsBody,
    toInput: about,
    toWire: (totals, exchange) => ({ ...videoOf(exchange), ...snakeKeys(totals) }),
  }),
  route({
    method: 'GET',
    id: 'getAggregatedAnalytics',
    path: '/videos/:video_id/analytics/aggregated',
    operation: contract.getViewSeries,
    request: { params, query: wire.SeriesQuery },
    response: wire.SeriesBody,
    toInput: ({ params: { video_id }, query: { granularity, period, tz } }) => ({
      ...{ videoId: video_id, granularity, period, timeZone: tz },
    }),
    toWire: ({ granularity, period, buckets }, exchange) => ({
      ...{ ...videoOf(exchange), granularity, period },
      data: buckets.map(({ startsAt, ...bucket }) => ({ timestamp: startsAt, ...snakeKeys(bucket) })),
    }),
  }),
  route({
    method: 'GET',
    id: 'getDeviceAnalytics',
    path: '/videos/:video_id/analytics/devices',
    operation: contract.getDevices,
    request: { params },
    response: wire.DevicesBody,
    toInput: about,
    toWire: (devices, exchange) => ({ ...videoOf(exchange), ...snakeKeys(devices) }),
  }),
  route({
    method: 'GET',
    id: 'getWatchTimeDistribution',
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
    id: 'getCompletionRate',
    path: '/videos/:video_id/analytics/completion-rate',
    operation: contract.getCompletion,
    request: { params, query: wire.CompletionQuery },
    response: wire.CompletionBody,
    toInput: ({ params: { video_id }, query }) => ({ videoId: video_id, byDevice: query.breakdown === 'device' }),
    toWire: ({ byDevice, ...all }, exchange) => ({
      ...{ ...videoOf(exchange), ...snakeKeys(all) },
      by_device: byDevice?.map(snakeKeys) ?? null,
    }),
  }),
  route({
    method: 'GET',
    id: 'getGeographicAnalytics',
    path: '/videos/:video_id/analytics/geography',
    operation: contract.getGeography,
    request: { params },
    response: wire.GeographyBody,
    toInput: about,
    toWire: ({ totalViews, countries, cities }, exchange) => ({
      ...{ ...videoOf(exchange), total_views: totalViews },
      countries: countries.map(snakeKeys),
      cities: cities.map(snakeKeys),
    }),
  }),
  route({
    method: 'GET',
    id: 'getAnalyticsDashboard',
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
