import { z } from 'zod'
import { Id } from '../id.ts'
import { Instant, operation } from '../operation.ts'
import { ContentType, CustomMetadata, Tags, VideoMetadata } from '../library/video.ts'

/** UP-4 */
export const MAX_UPLOAD_BYTES = 10_737_418_240
/** UP-11 */
export const PART_BYTES = 10_485_760
/** UP-13 */
export const CONCURRENT_PARTS = 5
/** UP-13 */
export const MAX_PART_RETRIES = 3
/** "`videos` 1..10 initiate bodies". */
export const MAX_BATCH_VIDEOS = 10

export const UploadStatus = z.enum(['uploading', 'processing', 'completed', 'failed', 'aborted'])
export type UploadStatus = z.infer<typeof UploadStatus>

export const AnalysisProvider = z.enum(['google', 'openai', 'anthropic', 'local'])
export const AnalysisType = z.enum(['full_vlm', 'frame_sample', 'scene_detection', 'transcript'])
export type AnalysisType = z.infer<typeof AnalysisType>
export type AnalysisProvider = z.infer<typeof AnalysisProvider>

/** Which of two waiting analyses runs first. */
export const Priority = z.enum(['low', 'normal', 'high'])
export type Priority = z.infer<typeof Priority>

const UploadRef = z.object({ mediaId: Id, uploadId: z.string().min(1).max(255) })
const PartNumber = z.int().min(1).max(10_000)

export const UploadPart = z.object({
  partNumber: PartNumber,
  sizeBytes: z.int().positive(),
  /** Signed token that lets its bearer store this one part; a transport makes a URL of it. */
  token: z.string(),
  expiresAt: Instant,
})
export type UploadPart = z.infer<typeof UploadPart>

export const UploadPlan = z.object({
  mediaId: Id,
  uploadId: z.string(),
  totalParts: z.int().positive(),
  partSizeBytes: z.int().positive(),
  storagePath: z.string(),
  parts: z.array(UploadPart),
  expiresAt: Instant,
  concurrentUploadLimit: z.int().positive(),
  retryAttempts: z.int().nonnegative(),
})
export type UploadPlan = z.infer<typeof UploadPlan>

/** 1..255 code points and no NUL; only the part behind the last slash is kept, and it never names a file on disk. */
export const Filename = z
  .string()
  .refine((name) => !name.includes('\0'), 'A filename holds no NUL.')
  .transform((name) => name.split(/[\\/]/).at(-1) ?? '')
  .refine((name) => /^.{1,255}$/su.test(name), 'A filename has 1 to 255 characters.')

const NewVideo = z.object({
  filename: Filename,
  contentType: ContentType,
  sizeBytes: z.int().min(1).max(MAX_UPLOAD_BYTES),
  title: z.string().max(255).optional(),
  tags: Tags.default([]),
  custom: CustomMetadata.default({}),
})

export const initiateUpload = operation('uploads.initiate', {
  summary: 'Start a chunked upload: reserves room and answers with one signed URL per chunk.',
  scope: 'write',
  input: NewVideo,
  output: UploadPlan,
})

export const initiateBatch = operation('uploads.initiateBatch', {
  summary: 'Start up to 10 chunked uploads at once: room is reserved for all of them, or none begins.',
  scope: 'write',
  input: z.object({
    videos: z.array(NewVideo).min(1).max(MAX_BATCH_VIDEOS),
    /** Whether the analysis is queued when an upload completes and `complete` does not say. */
    autoProcess: z.boolean().default(true),
    /** Priority of those analyses. */
    processingPriority: Priority.default('normal'),
  }),
  output: z.object({
    batchId: Id,
    /** In the order of the request. */
    plans: z.array(UploadPlan),
    totalSizeBytes: z.int().positive(),
    estimatedSeconds: z.number().positive(),
    processingPriority: Priority,
  }),
})

export const storePart = operation('uploads.storePart', {
  summary: 'Store the bytes of one chunk; answers with its ETag.',
  scope: 'none',
  input: z.object({
    token: z.string(),
    sizeBytes: z.int().nonnegative().nullable(),
    contentMd5: z.string().nullable(),
    body: z.custom<AsyncIterable<Uint8Array>>((value) => typeof value === 'object' && value !== null),
  }),
  output: z.object({
    /** md5 of the bytes, hex, unquoted. */
    etag: z.string(),
    partNumber: PartNumber,
  }),
  inProcess: true,
})

export const confirmPart = operation('uploads.confirm', {
  summary: 'Confirm a stored chunk; from then on it is never lost or asked for again.',
  scope: 'write',
  input: UploadRef.extend({ partNumber: PartNumber, etag: z.string().min(1).max(255), sizeBytes: z.int().positive() }),
  output: z.object({
    partNumber: PartNumber,
    partsCompleted: z.int().nonnegative(),
    totalParts: z.int().positive(),
    progressPercent: z.number(),
    estimatedSecondsLeft: z.int().nonnegative().nullable(),
  }),
})

export const completeUpload = operation('uploads.complete', {
  summary: 'Finish an upload: checks the whole, makes it a video of the library and queues its analysis.',
  scope: 'write',
  input: UploadRef.extend({
    /** Default: what the upload's batch asked for; else true. */
    autoAnalyze: z.boolean().optional(),
    analysisProvider: AnalysisProvider.default('google'),
    analysisType: AnalysisType.default('full_vlm'),
    /** The provider's model to ask; null leaves the choice to the provider's default. */
    analysisModel: z.string().trim().min(1).max(255).nullable().default(null),
    /** These replace what `initiate` said. */
    title: z.string().max(255).optional(),
    tags: Tags.optional(),
    custom: CustomMetadata.optional(),
    /** Take a film whose end is missing, as far as it goes. */
    keepTruncated: z.boolean().default(false),
  }),
  output: z.object({
    mediaId: Id,
    processingStatus: z.enum(['pending', 'queued', 'processing', 'completed', 'failed']),
    metadata: VideoMetadata,
    /** Signed paths below the server's root: whoever has one may read those bytes for a day. */
    videoUrl: z.string(),
    thumbnailUrl: z.string().nullable(),
    analysisJobId: Id.nullable(),
    deduplicated: z.boolean(),
    createdAt: Instant,
  }),
})

export const uploadProgress = operation('uploads.progress', {
  summary: 'How far an upload is.',
  scope: 'read',
  input: z.object({ mediaId: Id }),
  output: z.object({
    mediaId: Id,
    uploadId: z.string(),
    status: UploadStatus,
    partsCompleted: z.int().nonnegative(),
    totalParts: z.int().positive(),
    bytesUploaded: z.int().nonnegative(),
    totalBytes: z.int().positive(),
    progressPercent: z.number(),
    estimatedSecondsLeft: z.int().nonnegative().nullable(),
    currentPart: PartNumber.nullable(),
    failedParts: z.array(PartNumber),
    lastUpdated: Instant,
  }),
})

export const retryPart = operation('uploads.retryPart', {
  summary: 'A new signed URL for a chunk that failed; three times at most.',
  scope: 'write',
  input: UploadRef.extend({ partNumber: PartNumber }),
  output: z.object({ part: UploadPart, retryAttempt: z.int(), maxRetries: z.int() }),
})

export const abortUpload = operation('uploads.abort', {
  summary: 'Give an upload up and delete what it stored.',
  scope: 'write',
  input: UploadRef.extend({ reason: z.string().max(500).optional() }),
  output: z.object({ mediaId: Id, partsRemoved: z.int().nonnegative() }),
})

export const resumeUpload = operation('uploads.resume', {
  summary: 'Fresh URLs for the chunks that are not stored yet; spends no retry.',
  scope: 'write',
  input: z.object({ mediaId: Id }),
  output: UploadPlan.extend({
    /** What arrived before, with the ETags a confirmation needs: an answer may have got lost on its way. */
    storedParts: z.array(
      z.object({ partNumber: PartNumber, sizeBytes: z.int().positive(), etag: z.string(), confirmed: z.boolean() }),
    ),
  }),
})
