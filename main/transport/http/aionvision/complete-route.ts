import { z } from 'zod'
import { completeUpload, Instant } from '../../../contract/index.ts'
import { route, type Route } from '../route.ts'
import { MetadataBody, metadataToWire } from './metadata-wire.ts'
import { CompleteBody, PREFIX } from './upload-wire.ts'

const CompletedBody = z.object({
  media_id: z.uuid(),
  status: z.literal('completed'),
  processing_status: z.enum(['pending', 'queued', 'processing', 'completed', 'failed']),
  metadata: MetadataBody,
  video_url: z.url(),
  thumbnail_url: z.url().nullable(),
  analysis_job_id: z.uuid().nullable(),
  /** The same bytes were in the library before; they are kept once. */
  deduplicated: z.boolean(),
  created_at: Instant,
})

export const completeRoute: Route = route({
  method: 'POST',
  path: '/video-uploads/complete',
  operation: completeUpload,
  request: { body: CompleteBody },
  response: CompletedBody,
  toInput: ({ body }) => ({
    mediaId: body.media_id,
    uploadId: body.upload_id,
    autoAnalyze: body.auto_analyze,
    analysisProvider: body.analysis_provider,
    analysisType: body.analysis_type,
  }),
  toWire: (completed, { baseUrl }) => ({
    media_id: completed.mediaId,
    status: 'completed' as const,
    processing_status: completed.processingStatus,
    metadata: metadataToWire(completed.metadata),
    video_url: `${baseUrl}${PREFIX}/videos/${completed.mediaId}/file`,
    thumbnail_url: completed.thumbnailUrl === null ? null : baseUrl + completed.thumbnailUrl,
    analysis_job_id: completed.analysisJobId,
    deduplicated: completed.deduplicated,
    created_at: completed.createdAt,
  }),
})
