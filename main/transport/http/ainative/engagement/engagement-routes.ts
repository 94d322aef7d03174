import { z } from 'zod'
import * as contract from '../../../../contract/index.ts'
import { route, type Route } from '../../route.ts'
import { VideoPath } from '../wire.ts'

const params = VideoPath
const { shape: report } = contract.trackView.input
const SESSION = '3d0a4c1e-7b52-4b7e-9a58-1f7f6f0c2a11'

const ViewBody = z
  .object({
    watch_duration: report.watchDuration.describe('Time watched in seconds.'),
    completion_percentage: report.completionPercentage.describe('Percent of the video watched.'),
    session_id: report.sessionId
      .nullable()
      .describe('Any text; the same one again goes on with the same view. Without one, the answer has a new one.'),
  })
  .meta({ id: 'ViewReport', examples: [{ watch_duration: 420, completion_percentage: 73.5, session_id: SESSION }] })
const TrackedBody = z.object({ session_id: z.string() }).meta({ examples: [{ session_id: SESSION }] })

const ShareBody = z
  .object({ platform: z.string().max(50).nullish().describe('twitter, facebook, linkedin, email or another.') })
  .optional()
  .meta({ id: 'VideoShare', examples: [{ platform: 'twitter' }] })

const success = { status: z.literal('success'), message: z.string() }
const Count = z.int().nonnegative()
const example = (message: string, counted: object) => ({ examples: [{ status: 'success', message, ...counted }] })
const LikedBody = z
  .object({ ...success, total_likes: Count })
  .meta(example('Video liked successfully', { total_likes: 433 }))
const SharedBody = z
  .object({ ...success, total_shares: Count })
  .meta(example('Video shared successfully', { total_shares: 90 }))

const OPTIONAL_KEY = 'Needs no key; whoever shows one is recorded as that user.'

export const engagementRoutes: readonly Route[] = [
  {
    ...route({
      method: 'POST',
      id: 'trackView',
      path: '/videos/:video_id/track-view',
      operation: contract.trackView,
      request: { params, body: ViewBody },
      response: TrackedBody,
      toInput: ({ params: { video_id }, body }, { request }) => ({
        videoId: video_id,
        watchDuration: body.watch_duration,
        completionPercentage: body.completion_percentage,
        ...(body.session_id ? { sessionId: body.session_id } : {}),
        // The engine tells viewers, devices and places apart by them, and keeps neither.
        origin: { address: request.ip, userAgent: request.headers['user-agent'] ?? null },
      }),
      toWire: ({ sessionId }) => ({ session_id: sessionId }),
    }),
    access: OPTIONAL_KEY,
  },
  route({
    method: 'POST',
    id: 'likeVideo',
    path: '/videos/:video_id/like',
    operation: contract.likeVideo,
    request: { params },
    response: LikedBody,
    failures: ['conflict'],
    toInput: ({ params: { video_id } }) => ({ videoId: video_id }),
    toWire: ({ likes }) => ({ status: 'success' as const, message: 'Video liked successfully', total_likes: likes }),
  }),
  route({
    method: 'DELETE',
    id: 'unlikeVideo',
    path: '/videos/:video_id/like',
    operation: contract.unlikeVideo,
    request: { params },
    response: LikedBody,
    toInput: ({ params: { video_id } }) => ({ videoId: video_id }),
    toWire: ({ likes }) => ({ status: 'success' as const, message: 'Video unliked successfully', total_likes: likes }),
  }),
  {
    ...route({
      method: 'POST',
      id: 'shareVideo',
      path: '/videos/:video_id/share',
      operation: contract.shareVideo,
      request: { params, body: ShareBody },
      response: SharedBody,
      toInput: ({ params: { video_id }, body }, { request }) => ({
        videoId: video_id,
        platform: body?.platform ?? null,
        origin: { address: request.ip, userAgent: null },
      }),
      toWire: ({ shares }) => ({
        ...{ status: 'success' as const, message: 'Video shared successfully' },
        total_shares: shares,
      }),
    }),
    access: OPTIONAL_KEY,
  },
]
