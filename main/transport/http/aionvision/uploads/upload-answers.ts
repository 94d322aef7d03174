import { z } from 'zod'
import { Id, Instant, Priority, type UploadPart, type UploadPlan, UploadStatus } from '../../../../contract/index.ts'
import { snakeKeys } from '../../fields.ts'
import { MEDIA_ID, UPLOAD } from './upload-requests.ts'

/** "PUT part URL": a path of ours that carries its own permission, so no key is sent with it. */
export const PART_PATH = '/video-uploads/parts/:token'
export const PREFIX = '/api/v2'

const CHUNK = {
  chunk_number: 1,
  size_bytes: 10_485_760,
  upload_url: 'http://127.0.0.1:8787/api/v2/video-uploads/parts/WyI1NTBlODQwMCJd.dGhlIHNpZ25hdHVyZQ',
  upload_method: 'PUT',
  expires_at: '2025-01-15T11:30:00Z',
}
const PLAN = {
  ...{ ...UPLOAD, total_chunks: 50, chunk_size_bytes: 10_485_760, storage_path: `videos/${MEDIA_ID}.mp4` },
  ...{ chunks: [CHUNK], expires_at: '2025-01-22T10:30:00Z', concurrent_upload_limit: 5, retry_attempts: 3 },
}

const Chunk = z.object({
  chunk_number: z.int(),
  size_bytes: z.int(),
  upload_url: z.url(),
  upload_method: z.literal('PUT'),
  expires_at: Instant,
})

export const PlanBody = z
  .object({
    media_id: Id,
    upload_id: z.string(),
    total_chunks: z.int(),
    chunk_size_bytes: z.int(),
    storage_path: z.string(),
    chunks: z.array(Chunk),
    expires_at: Instant,
    concurrent_upload_limit: z.int(),
    retry_attempts: z.int(),
  })
  .meta({ id: 'UploadPlan', examples: [PLAN] })

/** Beside what is still to be sent: what arrived, so that a client whose answers got lost confirms without sending. */
export const ResumedBody = PlanBody.extend({
  stored_chunks: z.array(
    z.object({ chunk_number: z.int(), size_bytes: z.int(), etag: z.string(), confirmed: z.boolean() }),
  ),
}).meta({
  id: 'ResumedUpload',
  examples: [
    {
      ...PLAN,
      stored_chunks: [
        { chunk_number: 2, size_bytes: 10_485_760, etag: '"9bb58f26192e4ba00f01e2e7b136bbd8"', confirmed: true },
      ],
    },
  ],
})

export const BatchPlanBody = z
  .object({
    batch_id: Id,
    videos: z.array(PlanBody),
    total_videos: z.int(),
    total_size_bytes: z.int(),
    estimated_time_seconds: z.number(),
    processing_priority: Priority,
  })
  .meta({
    examples: [
      {
        batch_id: '1c7a9f0e-5d2b-4e83-a6c4-0b9d8e7f6a51',
        videos: [
          { ...PLAN, total_chunks: 20 },
          { ...PLAN, media_id: '6fa1c2d3-9b7e-4c58-8d10-2e3f4a5b6c7d', total_chunks: 10 },
        ],
        ...{ total_videos: 2, total_size_bytes: 314_572_800, estimated_time_seconds: 30 },
        processing_priority: 'normal',
      },
    ],
  })

export const ConfirmedBody = z
  .object({
    chunk_number: z.int(),
    status: z.literal('completed'),
    chunks_completed: z.int(),
    total_chunks: z.int(),
    progress_percent: z.number(),
    estimated_time_remaining: z.int().nullable(),
  })
  .meta({
    examples: [
      {
        ...{ chunk_number: 1, status: 'completed', chunks_completed: 1, total_chunks: 50 },
        ...{ progress_percent: 2, estimated_time_remaining: 245 },
      },
    ],
  })

export const ProgressBody = z
  .object({
    media_id: Id,
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
  .meta({
    examples: [
      {
        ...{ ...UPLOAD, status: 'uploading', chunks_completed: 25, total_chunks: 50, bytes_uploaded: 262_144_000 },
        ...{ total_bytes: 524_288_000, progress_percent: 50, estimated_time_remaining: 120, current_chunk: 26 },
        ...{ failed_chunks: [], last_updated: '2025-01-15T10:35:00Z' },
      },
    ],
  })

export const RetriedBody = z
  .object({
    chunk_number: z.int(),
    upload_url: z.url(),
    retry_attempt: z.int(),
    max_retries: z.int(),
    expires_at: Instant,
  })
  .meta({
    examples: [
      { chunk_number: 5, upload_url: CHUNK.upload_url, retry_attempt: 1, max_retries: 3, expires_at: CHUNK.expires_at },
    ],
  })

export const AbortedBody = z
  .object({
    media_id: Id,
    status: z.literal('aborted'),
    cleaned_up: z.literal(true),
    chunks_removed: z.int(),
    s3_cleanup: z.literal(true),
  })
  .meta({
    examples: [{ media_id: MEDIA_ID, status: 'aborted', cleaned_up: true, chunks_removed: 25, s3_cleanup: true }],
  })

/** Absolute, as clients PUT to it without knowing our base URL. */
export function partUrl(baseUrl: string, { token }: UploadPart): string {
  return baseUrl + PREFIX + PART_PATH.replace(':token', encodeURIComponent(token))
}

export function planToWire({ parts, ...plan }: UploadPlan, baseUrl: string): z.input<typeof PlanBody> {
  return {
    ...snakeKeys(plan),
    total_chunks: plan.totalParts,
    chunk_size_bytes: plan.partSizeBytes,
    chunks: parts.map((part) => ({
      ...snakeKeys(part),
      chunk_number: part.partNumber,
      upload_url: partUrl(baseUrl, part),
      upload_method: 'PUT',
    })),
  }
}
