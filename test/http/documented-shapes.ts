import { z } from 'zod'

// The answers of the upload flow as the published description tells them, for tests to hold ours against.

const Instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)
const Count = z.int().nonnegative()
const JobStatus = z.enum(['pending', 'processing', 'completed', 'failed', 'cancelled'])

export const INITIATED = z.object({
  media_id: z.uuid(),
  upload_id: z.string().min(1),
  total_chunks: z.int().positive(),
  chunk_size_bytes: z.literal(10_485_760),
  storage_path: z.string().regex(/^videos\/.+\.mp4$/),
  chunks: z
    .array(
      z.object({
        chunk_number: z.int().positive(),
        size_bytes: z.int().positive(),
        upload_url: z.url(),
        upload_method: z.literal('PUT'),
        expires_at: Instant,
      }),
    )
    .min(1),
  expires_at: Instant,
  concurrent_upload_limit: z.literal(5),
  retry_attempts: z.literal(3),
})
export const CONFIRMED = z.object({
  chunk_number: z.literal(1),
  status: z.literal('completed'),
  chunks_completed: z.literal(1),
  total_chunks: z.literal(1),
  progress_percent: z.literal(100),
  estimated_time_remaining: z.literal(0),
})
export const PROGRESS = z.object({
  media_id: z.uuid(),
  upload_id: z.string().min(1),
  status: z.enum(['uploading', 'processing', 'completed', 'failed', 'aborted']),
  chunks_completed: Count,
  total_chunks: Count,
  bytes_uploaded: Count,
  total_bytes: Count,
  progress_percent: z.number().min(0).max(100),
  estimated_time_remaining: Count.nullable(),
  current_chunk: z.int().positive().nullable(),
  failed_chunks: z.array(z.int()),
  last_updated: Instant,
})
export const RETRIED = z.object({
  chunk_number: z.literal(1),
  upload_url: z.url(),
  retry_attempt: z.literal(1),
  max_retries: z.literal(3),
  expires_at: Instant,
})
export const ABORTED = z.object({
  media_id: z.uuid(),
  status: z.literal('aborted'),
  cleaned_up: z.literal(true),
  chunks_removed: Count,
  s3_cleanup: z.boolean(),
})
export const COMPLETED = z.object({
  media_id: z.uuid(),
  status: z.literal('completed'),
  processing_status: z.enum(['pending', 'queued', 'processing', 'completed', 'failed']),
  metadata: z.object({
    duration_seconds: z.number(),
    resolution: z.literal('320x180'),
    width: z.literal(320),
    height: z.literal(180),
    frame_rate: z.literal(25),
    video_codec: z.literal('h264'),
    audio_codec: z.null(),
    bitrate_kbps: z.int().positive(),
    file_size_bytes: z.int().positive(),
    format_name: z.literal('mp4'),
  }),
  video_url: z.url(),
  thumbnail_url: z.url().nullable(),
  analysis_job_id: z.uuid(),
  created_at: Instant,
})
export const JOB = z.object({
  analysis_job_id: z.uuid(),
  media_id: z.uuid(),
  status: JobStatus,
  progress_percent: z.number().min(0).max(100),
  current_step: z.string().nullable(),
  started_at: Instant.nullable(),
  completed_at: Instant.nullable(),
  error_message: z.string().nullable(),
  error_code: z.string().nullable(),
  retry_count: Count,
  max_retries: z.literal(3),
  estimated_completion_time: Instant.nullable(),
})
export const QUEUED = z.object({
  analysis_job_id: z.uuid(),
  media_id: z.uuid(),
  queue_position: Count,
  estimated_start_time: Instant.nullable(),
  message: z.string().min(1),
})
export const REQUEUED = z.object({
  analysis_job_id: z.uuid(),
  media_id: z.uuid(),
  status: JobStatus,
  retry_count: Count,
  max_retries: z.literal(3),
  message: z.string().regex(/\b1\/3\b/),
})
export const SCENES = z.object({
  video_id: z.uuid(),
  count: z.int().positive(),
  scenes: z
    .array(
      z.object({
        scene_id: z.uuid(),
        scene_index: Count,
        start_time: z.number(),
        end_time: z.number(),
        time_range_formatted: z.string().regex(/^\d+:\d\d-\d+:\d\d$/),
        description: z.string().nullable(),
        tags: z.array(z.string()),
        visible_text: z.string().nullable(),
        confidence_score: z.number().nullable(),
        thumbnail_url: z.string().regex(/^\/api\/v2\/video-scenes\/[0-9a-f-]{36}\/thumbnail$/),
        created_at: Instant,
      }),
    )
    .min(1),
})
