import { z } from 'zod'
import { Id, Instant, listScenes, openSceneThumbnail, type Scene, TransitionKind } from '../../../../contract/index.ts'
import { snakeKeys } from '../../fields.ts'
import { fileRoute } from '../../file-route.ts'
import { route, type Route } from '../../route.ts'
import { formatTimeRange } from './time-range.ts'

const VIDEO_ID = '550e8400-e29b-41d4-a716-446655440000'
const SCENE = {
  scene_id: 'a1b2c3d4-e5f6-4890-abcd-ef1234567890',
  scene_index: 0,
  start_time: 0,
  end_time: 45,
  time_range_formatted: '0:00-0:45',
  description: 'Exterior view of the building entrance',
  tags: ['exterior', 'entrance'],
  visible_text: 'Building A - Main Entrance',
  confidence_score: 0.92,
  transition: 'start',
  thumbnail_url: '/api/v2/video-scenes/a1b2c3d4-e5f6-4890-abcd-ef1234567890/thumbnail',
  created_at: '2025-01-15T10:45:00Z',
}

const SceneBody = z
  .object({
    scene_id: Id,
    scene_index: z.int(),
    /** Seconds; a scene is half-open: [start_time, end_time). */
    start_time: z.number(),
    end_time: z.number(),
    time_range_formatted: z.string(),
    description: z.string().nullable(),
    tags: z.array(z.string()),
    visible_text: z.string().nullable(),
    confidence_score: z.number().nullable(),
    transition: TransitionKind,
    thumbnail_url: z.string().nullable(),
    created_at: Instant,
  })
  .meta({ id: 'Scene', examples: [SCENE] })

const SceneListBody = z
  .object({ video_id: Id, count: z.int(), scenes: z.array(SceneBody) })
  .meta({ examples: [{ video_id: VIDEO_ID, count: 1, scenes: [SCENE] }] })

export const sceneRoutes: readonly Route[] = [
  route({
    method: 'GET',
    id: 'listScenes',
    path: '/videos/:video_id/scenes',
    operation: listScenes,
    request: { params: z.object({ video_id: Id }) },
    response: SceneListBody,
    toInput: ({ params }) => ({ videoId: params.video_id }),
    toWire: ({ videoId, scenes }) => ({ video_id: videoId, count: scenes.length, scenes: scenes.map(sceneToWire) }),
  }),
  fileRoute({
    id: 'getSceneThumbnail',
    path: '/video-scenes/:scene_id/thumbnail',
    operation: openSceneThumbnail,
    request: { params: z.object({ scene_id: Id }) },
    contentType: 'image/jpeg',
    cacheControl: 'public, max-age=31536000',
    toInput: ({ params }) => ({ sceneId: params.scene_id }),
    filename: ({ params }) => `scene_${params.scene_id}.jpg`,
  }),
]

function sceneToWire(scene: Scene): z.input<typeof SceneBody> {
  return { ...snakeKeys(scene), time_range_formatted: formatTimeRange(scene.startTime, scene.endTime) }
}
