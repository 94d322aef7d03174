import { z } from 'zod'
import { Id } from '../id.ts'
import { Done, Instant, JsonValue, operation, StoredFile } from '../operation.ts'

export const CONTENT_TYPES = ['video/mp4', 'video/quicktime', 'video/x-m4v', 'video/webm', 'video/x-msvideo'] as const
export const ContentType = z.enum(CONTENT_TYPES)
export type ContentType = z.infer<typeof ContentType>

/** UP-82, in our spelling. */
export const VideoMetadata = z.object({
  durationSeconds: z.number().nonnegative().nullable(),
  /** Displayed size, as `1920x1080`. */
  resolution: z.string().nullable(),
  /** Pixels as displayed, after rotation. */
  width: z.int().positive().nullable(),
  height: z.int().positive().nullable(),
  /** Average frames per second. */
  frameRate: z.number().positive().nullable(),
  videoCodec: z.string().nullable(),
  /** null when the file has no sound. */
  audioCodec: z.string().nullable(),
  bitrateKbps: z.int().nonnegative().nullable(),
  fileSizeBytes: z.int().nonnegative().nullable(),
  formatName: z.string().nullable(),
  /** Clockwise degrees that the container asks a player to turn the picture by. */
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  audioChannels: z.int().positive().nullable(),
  /** Hz. */
  audioSampleRate: z.int().positive().nullable(),
  /** When the camera says it was recorded. */
  recordedAt: Instant.nullable(),
})
export type VideoMetadata = z.infer<typeof VideoMetadata>

export const Tag = z
  .string()
  .trim()
  .min(1)
  .max(50)
  .regex(/^[\p{L}\p{N} _-]+$/u, 'A tag holds letters, digits, spaces, - and _ only.')
export const Tags = z.array(Tag).max(20)

/** UP-7 */
export const CustomMetadata = z
  .record(z.string().max(255), JsonValue)
  .refine((value) => JSON.stringify(value).length <= 16_384, 'metadata is larger than 16 KB.')

export const JobStatus = z.enum(['pending', 'processing', 'completed', 'failed', 'cancelled'])
export type JobStatus = z.infer<typeof JobStatus>

/** What goes on, or went wrong, with a video; null when all is quiet. */
export const VideoActivity = z.object({
  kind: z.enum(['analysis', 'preview']),
  jobId: Id,
  status: JobStatus,
  progressPercent: z.number().min(0).max(100),
  step: z.string().nullable(),
  secondsLeft: z.number().nonnegative().nullable(),
  errorMessage: z.string().nullable(),
})
export type VideoActivity = z.infer<typeof VideoActivity>

export const Video = z.object({
  videoId: Id,
  title: z.string(),
  filename: z.string(),
  contentType: ContentType,
  sizeBytes: z.int().nonnegative(),
  sha256: z.string(),
  tags: z.array(z.string()),
  custom: z.record(z.string(), JsonValue),
  metadata: VideoMetadata,
  ownerId: Id,
  createdAt: Instant,
  sceneCount: z.int().nonnegative(),
  /** Path on the media protocol and, below the server's root, over HTTP; null until a picture is made. */
  thumbnailUrl: z.string().nullable(),
  /** Hover-scrub sprite: null until made. */
  sprite: z
    .object({
      url: z.string(),
      /** Pictures in the sheet, in reading order, evenly spread over the duration. */
      count: z.int().positive(),
      columns: z.int().positive(),
      /** Pixels of one picture. */
      width: z.int().positive(),
      height: z.int().positive(),
    })
    .nullable(),
  /** What the window's player loads: the original when Chromium plays it, else the preview copy; null while that is made. */
  playableUrl: z.string().nullable(),
  /** Jobs that run, wait or failed, most important first. */
  activities: z.array(VideoActivity),
})
export type Video = z.infer<typeof Video>

/** Newest and oldest by when they were added, recorded by when the camera says; `longest` and `largest` begin with the most. */
export const VideoSort = z.enum(['newest', 'oldest', 'recorded', 'title', 'longest', 'largest'])
export type VideoSort = z.infer<typeof VideoSort>

/** Which videos a list shows, and in which order. */
export const VideoSearch = z.object({
  /** Part of a title or filename, any case. */
  search: z.string().max(500).default(''),
  sort: VideoSort.default('newest'),
})

const VideoId = z.object({ videoId: Id })

export const listVideos = operation('videos.list', {
  summary: 'The videos of the library, newest first.',
  scope: 'read',
  input: VideoSearch.extend({
    offset: z.int().nonnegative().default(0),
    limit: z.int().min(1).max(1000).default(200),
  }),
  output: z.object({
    videos: z.array(Video),
    total: z.int().nonnegative(),
    /** Of all that match, not of this page. */
    totalSeconds: z.number().nonnegative(),
  }),
})

export const getVideo = operation('videos.get', {
  summary: 'One video of the library.',
  scope: 'read',
  input: VideoId,
  output: Video,
})

export const updateVideo = operation('videos.update', {
  summary: 'Change a title or the tags of a video.',
  scope: 'write',
  input: VideoId.extend({ title: z.string().trim().min(1).max(255).optional(), tags: Tags.optional() }),
  output: Video,
})

export const deleteVideo = operation('videos.delete', {
  summary: 'Put a video out of the library; the window can bring it back for 10 minutes.',
  scope: 'write',
  input: VideoId,
  output: Done,
  audit: { subject: 'video', target: ({ videoId }) => videoId },
})

export const restoreVideo = operation('videos.restore', {
  summary: 'Undo a deletion.',
  scope: 'write',
  input: VideoId,
  output: Video,
  audit: { subject: 'video', target: ({ videoId }) => videoId },
})

export const getFrames = operation('videos.frames', {
  summary: 'When each frame of a video is shown: what frame-exact steps and time codes need.',
  scope: 'read',
  input: VideoId,
  output: z.object({
    videoId: Id,
    /** A packed `FrameIndex`, base64: some dozen bytes for a steady rate. */
    packed: z.base64(),
    /** What a browser's clock reads when the player's reads 0, in seconds: browsers count from the file's own stamps. */
    clockStart: z.number(),
  }),
})

export const openVideo = operation('videos.open', {
  summary: 'The bytes of a video as they were uploaded.',
  scope: 'read',
  input: VideoId,
  output: StoredFile,
  inProcess: true,
})

export const openDerived = operation('videos.openDerived', {
  summary: 'A picture or a preview copy made from a video.',
  scope: 'read',
  input: VideoId.extend({ which: z.enum(['poster', 'sprite', 'preview']) }),
  output: StoredFile,
  inProcess: true,
})
