import { z } from 'zod'
import { Id, openDerived, openVideo } from '../../../../contract/index.ts'
import { fileRoute } from '../../file-route.ts'
import type { Route } from '../../route.ts'

const request = { params: z.object({ video_id: Id }) }

/** The bytes of a video never change; the copies made from it may be made anew, so they are asked about again. */
const IMMUTABLE = 'private, max-age=31536000, immutable'
const REVALIDATED = 'private, no-cache'

const derived = (id: string, which: 'poster' | 'sprite' | 'preview', contentType: string, summary: string): Route =>
  fileRoute({
    id,
    path: `/videos/:video_id/${which}`,
    operation: openDerived,
    request,
    summary,
    contentType,
    cacheControl: REVALIDATED,
    toInput: ({ params }) => ({ videoId: params.video_id, which }),
  })

export const videoRoutes: readonly Route[] = [
  fileRoute({
    id: 'getVideoFile',
    path: '/videos/:video_id/file',
    operation: openVideo,
    request,
    contentType: 'video/*',
    cacheControl: IMMUTABLE,
    toInput: ({ params }) => ({ videoId: params.video_id }),
  }),
  derived('getVideoPoster', 'poster', 'image/jpeg', 'The picture that stands for a video.'),
  derived('getVideoSprite', 'sprite', 'image/jpeg', 'Small pictures of a whole video on one sheet, for scrubbing.'),
  derived(
    'getVideoPreview',
    'preview',
    'video/*',
    'A copy that every browser plays, where the original is not such a file.',
  ),
]
