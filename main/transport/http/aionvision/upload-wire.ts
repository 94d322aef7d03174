import { z } from 'zod'
import {
  AnalysisProvider,
  AnalysisType,
  ContentType,
  CustomMetadata,
  Filename,
  MAX_UPLOAD_BYTES,
  Instant,
  Tags,
  UploadStatus,
  type UploadPart,
  type UploadPlan,
} from '../../../contract/index.ts'

/** "PUT part URL": a path of ours that carries its own permission, so no key is sent with it. */
export const PART_PATH = '/video-uploads/parts/:token'
export const PREFIX = '/api/v2'

export const MediaId = z.object({ media_id: z.uuid() })

const MEDIA_ID = '550e8400-e29b-41d4-a716-446655440000'
const UPLOAD = { media_id: MEDIA_ID, upload_id: 'multipart_upload_abc123' }

export const InitiateBody = z
  .object({
    filename: Filename,
    content_type: ContentType,
    size_bytes: z.int().min(1).max(MAX_UPLOAD_BYTES),
    title: z.string().max(255).nullish(),
    tags: Tags.nullish(),
    metadata: CustomMetadata.nullish(),
  })
  .meta({
    examples: [
      {
        filename: 'inspection.mp4',
        content_type: 'video/mp4',
        size_bytes: 524_288_000,
        title: 'Site Inspection Video',
        tags: ['inspection', 'site-a'],
      },
    ],
  })

export const UploadRef = z.object({ media_id: z.uuid(), upload_id: z.string().min(1).max(255) })
export const ChunkRef = UploadRef.extend({ chunk_number: z.int().min(1).max(10_000) }).meta({
  examples: [{ ...UPLOAD, chunk_number: 5 }],
})

export const ConfirmBody = ChunkRef.extend({ etag: z.string().min(1).max(255), size_bytes: z.int().positive() }).meta({
  examples: [{ ...UPLOAD, chunk_number: 1, etag: '"9bb58f26192e4ba00f01e2e7b136bbd8"', size_bytes: 10_485_760 }],
})

export const CompleteBody = UploadRef.extend({
  auto_analyze: z.boolean().default(true),
  analysis_provider: AnalysisProvider.default('google'),
  analysis_type: AnalysisType.default('full_vlm'),
}).meta({ examples: [{ ...UPLOAD, auto_analyze: true, analysis_provider: 'google', analysis_type: 'full_vlm' }] })

export const AbortBody = UploadRef.extend({ reason: z.string().max(500).nullish() }).meta({
  examples: [{ ...UPLOAD, reason: 'User cancelled' }],
})

const Chunk = z.object({
  chunk_number: z.int(),
  size_bytes: z.int(),
  upload_url: z.url(),
  upload_method: z.literal('PUT'),
  expires_at: Instant,
})

export const PlanBody = z
  .object({
    media_id: z.uuid(),
    upload_id: z.string(),
    total_chunks: z.int(),
    chunk_size_bytes: z.int(),
    storage_path: z.string(),
    chunks: z.array(Chunk),
    expires_at: Instant,
    concurrent_upload_limit: z.int(),
    retry_attempts: z.int(),
  })
  .meta({ id: 'UploadPlan' })

export const ConfirmedBody = z.object({
  chunk_number: z.int(),
  status: z.literal('completed'),
  chunks_completed: z.int(),
  total_chunks: z.int(),
  progress_percent: z.number(),
  estimated_time_remaining: z.int().nullable(),
})

export const ProgressBody = z.object({
  media_id: z.uuid(),
  upload_id: z.string(),
  status: UploadStatus,
  chunks_completed: z.int(),
  total_chunks: z.int(),
  bytes_uploaded: z.int(),
  total_bytes: z.int(),
  progress_percent: z.number(),
  estimated_time_remaining: z.int().nullable(),
  current_chunk: z.int().nullable(),
  failed_chunks: z.array(z.int()),
  last_updated: Instant,
})

export const RetriedBody = z.object({
  chunk_number: z.int(),
  upload_url: z.url(),
  retry_attempt: z.int(),
  max_retries: z.int(),
  expires_at: Instant,
})

export const AbortedBody = z.object({
  media_id: z.uuid(),
  status: z.literal('aborted'),
  cleaned_up: z.literal(true),
  chunks_removed: z.int(),
  s3_cleanup: z.literal(true),
})

/** Absolute, as clients PUT to it without knowing our base URL. */
export function partUrl(baseUrl: string, { token }: UploadPart): string {
  return baseUrl + PREFIX + PART_PATH.replace(':token', encodeURIComponent(token))
}

export function planToWire(plan: UploadPlan, baseUrl: string): z.input<typeof PlanBody> {
  return {
    media_id: plan.mediaId,
    upload_id: plan.uploadId,
    total_chunks: plan.totalParts,
    chunk_size_bytes: plan.partSizeBytes,
    storage_path: plan.storagePath,
    chunks: plan.parts.map((part) => ({
      chunk_number: part.partNumber,
      size_bytes: part.sizeBytes,
      upload_url: partUrl(baseUrl, part),
      upload_method: 'PUT',
      expires_at: part.expiresAt,
    })),
    expires_at: plan.expiresAt,
    concurrent_upload_limit: plan.concurrentUploadLimit,
    retry_attempts: plan.retryAttempts,
  }
}
