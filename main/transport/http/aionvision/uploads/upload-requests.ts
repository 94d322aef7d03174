import { z } from 'zod'
import {
  AnalysisProvider,
  AnalysisType,
  ContentType,
  CustomMetadata,
  Filename,
  Id,
  MAX_BATCH_VIDEOS,
  MAX_UPLOAD_BYTES,
  Priority,
  Tags,
} from '../../../../contract/index.ts'
import { withoutNulls } from '../../fields.ts'

export const MediaId = z.object({ media_id: Id })

export const MEDIA_ID = '550e8400-e29b-41d4-a716-446655440000'
export const UPLOAD = { media_id: MEDIA_ID, upload_id: 'multipart_upload_abc123' }

const VIDEO = {
  filename: 'inspection.mp4',
  content_type: 'video/mp4',
  size_bytes: 524_288_000,
  title: 'Site Inspection Video',
  tags: ['inspection', 'site-a'],
}

/** What may be said of a video before its bytes come; null is as good as nothing. */
const Words = z.object({
  title: z.string().max(255).nullish(),
  tags: Tags.nullish(),
  metadata: CustomMetadata.nullish(),
})

const InitiateShape = z.object({
  filename: Filename,
  content_type: ContentType,
  size_bytes: z.int().min(1).max(MAX_UPLOAD_BYTES),
  ...Words.shape,
})

export const InitiateBody = InitiateShape.meta({ examples: [VIDEO] })

export const BatchBody = z
  .object({
    videos: z.array(InitiateShape).min(1).max(MAX_BATCH_VIDEOS),
    auto_process: z.boolean().default(true).describe('Whether analysis is queued when an upload completes.'),
    processing_priority: Priority.default('normal'),
  })
  .meta({
    examples: [
      {
        videos: [
          { ...VIDEO, size_bytes: 209_715_200 },
          { filename: 'roof.mov', content_type: 'video/quicktime', size_bytes: 104_857_600 },
        ],
        auto_process: true,
        processing_priority: 'normal',
      },
    ],
  })

export const UploadRef = z.object({ media_id: Id, upload_id: z.string().min(1).max(255) })
export const ChunkRef = UploadRef.extend({ chunk_number: z.int().min(1).max(10_000) }).meta({
  examples: [{ ...UPLOAD, chunk_number: 5 }],
})

export const ConfirmBody = ChunkRef.extend({ etag: z.string().min(1).max(255), size_bytes: z.int().positive() }).meta({
  examples: [{ ...UPLOAD, chunk_number: 1, etag: '"9bb58f26192e4ba00f01e2e7b136bbd8"', size_bytes: 10_485_760 }],
})

export const CompleteBody = UploadRef.extend({
  auto_analyze: z
    .boolean()
    .optional()
    .meta({ default: true, description: 'Default: true, or the auto_process of the batch it was begun in.' }),
  analysis_provider: AnalysisProvider.default('google'),
  analysis_type: AnalysisType.default('full_vlm'),
  analysis_model: z.string().trim().min(1).max(255).nullish().describe("The provider's model; default: its usual one."),
  duration_seconds: z.number().positive().nullish().describe('Not used: the file itself says how long it is.'),
  // UP-89
  accept_truncated: z.boolean().default(false).describe('Keep a film whose end is missing, as far as it goes.'),
  // They override what initiate said (UP-80).
  ...Words.shape,
}).meta({ examples: [{ ...UPLOAD, auto_analyze: true, analysis_provider: 'google', analysis_type: 'full_vlm' }] })

export const AbortBody = UploadRef.extend({ reason: z.string().max(500).nullish() }).meta({
  examples: [{ ...UPLOAD, reason: 'User cancelled' }],
})

/** What `initiate` and each video of a batch ask the engine. */
export function initiateToInput(body: z.output<typeof InitiateShape>) {
  return {
    filename: body.filename,
    contentType: body.content_type,
    sizeBytes: body.size_bytes,
    ...withoutNulls({ title: body.title }),
    tags: body.tags ?? [],
    custom: body.metadata ?? {},
  }
}
