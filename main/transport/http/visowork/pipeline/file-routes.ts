import { z } from 'zod'
import { openAnnotated, openTaskPicture, openTaskVideo } from '../../../../contract/index.ts'
import { fileRoute } from '../../file-route.ts'
import type { Route } from '../../route.ts'
import { TaskParams } from './task-wire.ts'

const PRIVATE = 'private, max-age=86400'

/** `left,top,width,height` in displayed pixels. */
const RoiText = z
  .string()
  .regex(/^\d{1,5},\d{1,5},\d{1,5},\d{1,5}$/)
  .transform((text) => {
    const [left = 0, top = 0, width = 0, height = 0] = text.split(',').map(Number)
    return { left, top, width, height }
  })

/** Ours: the video and frames of a task. */
export const fileRoutes: readonly Route[] = [
  fileRoute({
    id: 'getTaskVideo',
    path: '/tasks/:id/video',
    operation: openTaskVideo,
    request: { params: TaskParams },
    contentType: 'video/*',
    cacheControl: PRIVATE,
    toInput: ({ params }) => ({ taskId: params.id }),
  }),
  fileRoute({
    id: 'getAnnotatedVideo',
    path: '/tasks/:id/annotated',
    operation: openAnnotated,
    request: { params: TaskParams },
    contentType: 'video/mp4',
    cacheControl: PRIVATE,
    failures: ['conflict', 'media_failed', 'storage_full', 'unavailable'],
    toInput: ({ params }) => ({ taskId: params.id }),
  }),
  fileRoute({
    id: 'getTaskFrame',
    path: '/tasks/:id/frames/:frame',
    operation: openTaskPicture,
    request: {
      params: TaskParams.extend({ frame: z.coerce.number().int().nonnegative() }),
      query: z.object({ roi: RoiText.optional().describe('A part of it: left,top,width,height in displayed pixels.') }),
    },
    contentType: 'image/jpeg',
    cacheControl: PRIVATE,
    toInput: ({ params, query }) => ({ taskId: params.id, frame: params.frame, roi: query.roi }),
  }),
]
