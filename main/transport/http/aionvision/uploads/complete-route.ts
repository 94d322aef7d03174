import { z } from 'zod'
import { completeUpload, Id, Instant } from '../../../../contract/index.ts'
import { snakeKeys, withoutNulls } from '../../fields.ts'
import { route, type Route } from '../../route.ts'
import { METADATA, MetadataBody, metadataToWire } from '../metadata-wire.ts'
import { CompleteBody, MEDIA_ID } from './upload-requests.ts'

const SIGNATURE = 'pZ0Jv4iVb1yqk3mN8cR2tXw5uE7sLh9aGdF6oQfKjBM'

const CompletedBody = z
  .object({
    media_id: Id,
    status: z.literal('completed'),
    processing_status: z.enum(['pending', 'queued', 'processing', 'completed', 'failed']),
    metadata: MetadataBody,
    video_url: z.url(),
    thumbnail_url: z.url().nullable(),
    analysis_job_id: Id.nullable(),
    /** The same bytes were in the library before; they are kept once. */
    deduplicated: z.boolean(),
    created_at: Instant,
  })
  .meta({
    examples: [
      {
        ...{ media_id: MEDIA_ID, status: 'completed', processing_status: 'queued', metadata: METADATA },
        video_url: `http://127.0.0.1:8787/api/v2/videos/${MEDIA_ID}/file?expires=1737072000&signature=${SIGNATURE}`,
        ...{ thumbnail_url: null, analysis_job_id: '990c2800-c62f-45b8-8b5a-880099880444', deduplicated: false },
        created_at: '2025-01-15T10:30:00Z',
      },
    ],
  })

export const completeRoute: Route = route({
  method: 'POST',
  id: 'completeUpload',
  path: '/video-uploads/complete',
  operation: completeUpload,
  request: { body: CompleteBody },
  response: CompletedBody,
  failures: ['not_found', 'conflict', 'incomplete_upload', 'invalid_video', 'storage_full', 'storage_refused'],
  toInput: ({ body }) => ({
    mediaId: body.media_id,
    uploadId: body.upload_id,
    analysisProvider: body.analysis_provider,
    analysisType: body.analysis_type,
    analysisModel: body.analysis_model ?? null,
    keepTruncated: body.accept_truncated,
    ...withoutNulls({
      ...{ autoAnalyze: body.auto_analyze, title: body.title, tags: body.tags, custom: body.metadata },
    }),
  }),
  toWire: (completed, { baseUrl }) => ({
    ...snakeKeys(completed),
    status: 'completed' as const,
    metadata: metadataToWire(completed.metadata),
    video_url: baseUrl + completed.videoUrl,
    thumbnail_url: completed.thumbnailUrl === null ? null : baseUrl + completed.thumbnailUrl,
  }),
})
