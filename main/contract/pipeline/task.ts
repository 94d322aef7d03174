import { z } from 'zod'
import { Done, Instant, operation, StoredFile, streamOperation } from '../operation.ts'

/**
 * A frame-pipeline task's request, in the very form in which it is published: a client's body, the window's JSON view and
 * what is stored are the same text. Source: Visowork's Video API.
 */

/** Which frames are looked at: "{ mode: "fps", value: 5 }, { mode: "keyframe" }, or { mode: "interval", value: 3 }". */
export const Sampling = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('fps'), value: z.number().positive() }),
  z.object({ mode: z.literal('keyframe') }),
  /** Seconds between samples. */
  z.object({ mode: z.literal('interval'), value: z.number().positive() }),
])
export type Sampling = z.infer<typeof Sampling>

/** Half-open [start, end), seconds by presentation time or frames by number. */
export const TaskRange = z
  .object({
    start: z.number().nonnegative().optional(),
    end: z.number().nonnegative().optional(),
    /** Seconds when it is left out. */
    unit: z.enum(['seconds', 'frames']).optional(),
  })
  .refine(({ start = 0, end = Infinity }) => start < end, { message: 'start has to come before end.' })

const inputOptions = {
  /** "Default: 1 FPS." */
  sampling: Sampling.optional(),
  /** "Default: full video." */
  range: TaskRange.optional(),
  /** Counts sampled frames. "Default: 3000." */
  max_frames: z.int().positive().optional(),
}

/** The longest video that comes inside of a request, decoded: "base64 capped (64 MB, 413)". */
export const SENT_VIDEO_BYTES = 64 * 1024 * 1024

/**
 * A video that came inside of a request and lies in a file of the library by now, synced; whoever received it removes
 * what is left of it. A class, so that nothing a client writes can pass for one and name a file.
 */
export class SentVideo {
  constructor(
    readonly file: string,
    readonly sha256: string,
    readonly sizeBytes: number,
  ) {}

  /** What tells its bytes from others; where they lie is different each time. */
  toJSON(): { sha256: string; sizeBytes: number } {
    return { sha256: this.sha256, sizeBytes: this.sizeBytes }
  }
}

const Sent = z.custom<SentVideo>((value) => value instanceof SentVideo)

export const TaskInput = z.discriminatedUnion('type', [
  z.object({ type: z.literal('video_url'), url: z.string().min(1).max(8192), ...inputOptions }),
  z.object({
    type: z.literal('video_base64') /** Raw base64 or a data URI. */,
    data: z.string().min(1).or(Sent),
    ...inputOptions,
  }),
])
export type TaskInput = z.infer<typeof TaskInput>

/** Conditions are joined by AND; a target that does not match passes unchanged. */
export const When = z.strictObject({
  class_is: z.array(z.string().min(1)).min(1).optional(),
  min_confidence: z.number().min(0).max(1).optional(),
})
export type When = z.infer<typeof When>

export const TaskStep = z.object({
  model: z.string().min(1),
  parameters: z.record(z.string(), z.unknown()).optional(),
  when: When.optional(),
})
export type TaskStep = z.infer<typeof TaskStep>

/** Pixels of the displayed picture: x to the right, y down, from its top left corner. */
const Point = z.tuple([z.number(), z.number()])

/** Ours: what is counted as tracks pass. */
export const Counting = z.strictObject({
  lines: z
    .array(z.strictObject({ name: z.string().min(1).max(50), from: Point, to: Point }))
    .max(20)
    .optional(),
  zones: z
    .array(z.strictObject({ name: z.string().min(1).max(50), points: z.array(Point).min(3).max(50) }))
    .max(20)
    .optional(),
})
export type Counting = z.infer<typeof Counting>

export const TaskRequest = z.object({
  /** "One element only in v1." */
  input: z.array(TaskInput).length(1),
  steps: z.array(TaskStep).min(1).max(20),
  /** "Provider routing hint. Echoed back in the first SSE chunk." */
  model: z.string().max(200).optional(),
  /** Ours: false leaves targets without ids. */
  track: z.boolean().optional(),
  counting: Counting.optional(),
})
export type TaskRequest = z.infer<typeof TaskRequest>

export const TaskStatus = z.enum(['pending', 'running', 'cancelling', 'succeeded', 'failed', 'cancelled'])
export type TaskStatus = z.infer<typeof TaskStatus>

export const FinishReason = z.enum(['stop', 'max_frames', 'error', 'cancelled'])
export type FinishReason = z.infer<typeof FinishReason>

/** A task as it stands. */
export const Task = z.object({
  /** "vt_" and a ULID. */
  taskId: z.string().regex(/^vt_[0-9A-HJKMNP-TV-Z]{26}$/),
  status: TaskStatus,
  /** As it was sent, with defaults left out; bytes in it are replaced by where they were put. */
  request: TaskRequest,
  /** What a person would call its video. */
  title: z.string(),
  /** The video of the library it looks at; null for one from elsewhere. */
  mediaId: z.uuid().nullable(),
  /** Facts of the video, null until it was opened. */
  video: z
    .object({
      width: z.int().positive(),
      height: z.int().positive(),
      durationSeconds: z.number().nonnegative(),
      totalFrames: z.int().nonnegative().nullable(),
      fps: z.number().positive(),
    })
    .nullable(),
  /** Sampled frames done, of those that are due as far as that is known. */
  processedFrames: z.int().nonnegative(),
  dueFrames: z.int().nonnegative().nullable(),
  secondsLeft: z.number().nonnegative().nullable(),
  /** Length of the stream's archive so far. */
  streamBytes: z.int().nonnegative(),
  finishReason: FinishReason.nullable(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  completedAt: Instant.nullable(),
})
export type Task = z.infer<typeof Task>

/** "roi":{"left":55,"top":98,"width":60,"height":180}, integers, clipped to the frame. */
export const Roi = z.object({ left: z.int(), top: z.int(), width: z.int(), height: z.int() })
export type Roi = z.infer<typeof Roi>

/** One target of a frame, as the stream carries it. `text` and `feature` are there when such a step ran on it. */
export const StreamTarget = z.object({
  track_id: z.int().positive().optional(),
  class: z.string(),
  confidence: z.number().min(0).max(1),
  roi: Roi,
  text: z
    .array(z.object({ text: z.string(), confidence: z.number(), roi: Roi, polygon: z.array(Point).optional() }))
    .optional(),
  feature: z.object({ dim: z.int().positive(), norm: z.number(), vector: z.array(z.number()).optional() }).optional(),
})
export type StreamTarget = z.infer<typeof StreamTarget>

export const Usage = z.object({ processed_frames: z.int().nonnegative(), processing_time_ms: z.int().nonnegative() })

/** One event of the stream. The first carries `model`, the last one `usage`. */
export const StreamChunk = z.object({
  id: z.string(),
  object: z.literal('mm.pipeline.chunk'),
  model: z.string().nullable().optional(),
  stream_info: z.object({
    frame_index: z.int().nonnegative(),
    total_frames: z.int().nonnegative().nullable(),
    decoded_frames: z.int().nonnegative(),
    dropped_frames: z.int().nonnegative(),
    fps: z.number(),
    elapsed_ms: z.int().nonnegative(),
    /** Ours: when the frame is shown, seconds. */
    pts: z.number().optional(),
  }),
  delta: z.object({ results: z.array(z.object({ index: z.int(), targets: z.array(StreamTarget) })) }),
  finish_reason: FinishReason.nullable(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  usage: Usage.optional(),
})
export type StreamChunk = z.infer<typeof StreamChunk>

/** What a task tells of one track when it is done; the fields after `feature_digest` are ours. */
export const TrackResult = z.object({
  track_id: z.int().positive(),
  class: z.string(),
  first_frame: z.int().nonnegative(),
  last_frame: z.int().nonnegative(),
  frames_seen: z.int().positive(),
  best_confidence: z.number(),
  /** "dim=512;norm=14.2031" of the vector at the best-confidence frame; null without a feature step. */
  feature_digest: z.string().nullable(),
  /** Seconds from the first to the last sight of it. */
  dwell_seconds: z.number().nonnegative(),
  /** A few frames that show it well, the best one first. */
  samples: z.array(z.object({ frame_index: z.int(), pts: z.number(), confidence: z.number(), roi: Roi })),
  /** Where its box's middle was: [frame_index, x, y]. */
  path: z.array(z.tuple([z.int(), z.number(), z.number()])),
})
export type TrackResult = z.infer<typeof TrackResult>

export const TaskResults = z.object({
  id: z.string(),
  object: z.literal('mm.pipeline.result'),
  model: z.string().nullable(),
  usage: Usage,
  tracks: z.array(TrackResult),
  /** Ours, when `counting` was asked for. */
  counts: z
    .object({
      lines: z.array(z.object({ name: z.string(), forward: z.int(), backward: z.int() })),
      zones: z.array(z.object({ name: z.string(), entered: z.int(), left: z.int(), dwell_seconds: z.number() })),
    })
    .optional(),
})
export type TaskResults = z.infer<typeof TaskResults>

/** A model that a step may name. */
export const StepModel = z.object({
  name: z.string(),
  summary: z.string(),
  /** Names it takes in `parameters.classes`, for a model that tells classes; the second name of each is an alias. */
  classes: z.array(z.string()),
  parameters: z.array(
    z.object({
      name: z.string(),
      summary: z.string(),
      type: z.enum(['number', 'boolean', 'string', 'classes']),
      default: z.union([z.number(), z.boolean(), z.string(), z.null()]),
      minimum: z.number().optional(),
      maximum: z.number().optional(),
    }),
  ),
})
export type StepModel = z.infer<typeof StepModel>

/** Bytes as they come off the disk. */
const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

const OfTask = z.object({ taskId: z.string() })

export const createTask = operation('tasks.create', {
  summary: 'Queue a frame-pipeline task.',
  scope: 'write',
  input: TaskRequest,
  output: Task,
})

export const listTasks = operation('tasks.list', {
  summary: 'Tasks, newest first.',
  scope: 'read',
  input: z.object({
    status: TaskStatus.optional(),
    /** Created at or after. */
    from: Instant.optional(),
    /** Created before. */
    to: Instant.optional(),
    mediaId: z.uuid().optional(),
    cursor: z.string().optional(),
    limit: z.int().min(1).max(100).default(20),
  }),
  output: z.object({ tasks: z.array(Task), nextCursor: z.string().nullable(), hasMore: z.boolean() }),
})

export const getTask = operation('tasks.get', { summary: 'One task.', scope: 'read', input: OfTask, output: Task })

export const followTaskStream = streamOperation('tasks.follow', {
  summary: 'The bytes of the stream from an offset on, and then those that come, to its end.',
  scope: 'read',
  input: z.object({
    taskId: z.string(),
    offset: z.int().nonnegative(),
    /** How many bytes are wanted; all when not given. */
    length: z.int().nonnegative().optional(),
    /** The most that come at once. */
    pieceBytes: z.int().min(1).max(4_194_304).default(524_288),
  }),
  event: Bytes,
})

export const getTaskResults = operation('tasks.results', {
  summary: 'What a task found, track by track; there once it succeeded.',
  scope: 'read',
  input: OfTask,
  output: TaskResults,
  audit: {
    subject: 'task',
    // The window shows them; what it saves as a file it notes by `tasks.noteExport`.
    when: (_input, door) => door !== 'window',
    target: ({ taskId }) => taskId,
    counted: true,
  },
})

export const cancelTask = operation('tasks.cancel', {
  summary: 'Stop a task that waits or runs.',
  scope: 'write',
  input: OfTask,
  output: Task,
})

export const removeTask = operation('tasks.remove', {
  summary: 'Remove a task that has ended, with its stream and results.',
  scope: 'write',
  input: OfTask,
  output: z.strictObject({ done: z.literal(true) }),
  audit: { subject: 'task', target: ({ taskId }) => taskId },
})

export const listStepModels = operation('tasks.models', {
  summary: 'The models that steps may name, with their parameters.',
  scope: 'read',
  input: z.strictObject({}),
  output: z.object({ models: z.array(StepModel) }),
})

export const annotateTask = streamOperation('tasks.annotate', {
  summary: 'Draws what a task saw over its video, as an MP4, and says how far that is; ending the stream calls it off.',
  scope: 'read',
  input: OfTask,
  event: z.object({ fraction: z.number().min(0).max(1), secondsLeft: z.number().nonnegative().nullable() }),
})

export const openAnnotated = operation('tasks.openAnnotated', {
  summary:
    'The video of a task that has ended with what it saw drawn over it, an MP4; made when it is first asked for.',
  scope: 'read',
  input: OfTask,
  output: StoredFile,
  inProcess: true,
  audit: { subject: 'task', target: ({ taskId }) => taskId, counted: true },
})

export const openTaskVideo = operation('tasks.openVideo', {
  summary: 'The video a task looks at, in a form the window plays.',
  scope: 'read',
  input: OfTask,
  output: StoredFile,
  inProcess: true,
})

export const openTaskPicture = operation('tasks.openPicture', {
  summary: 'The JPEG of one frame of the video a task looks at, or of a part of it.',
  scope: 'read',
  input: z.object({ taskId: z.string(), frame: z.int().nonnegative(), roi: Roi.optional() }),
  output: StoredFile,
  inProcess: true,
})

/** Files that the window makes of what a task found. */
export const EXPORTS = ['results', 'tracks', 'sightings', 'mot'] as const

export const noteExport = operation('tasks.noteExport', {
  summary: 'Write into the audit log that what a task found was saved as a file: the window makes such files itself.',
  scope: 'read',
  input: OfTask.extend({ file: z.enum(EXPORTS) }),
  output: Done,
  audit: { subject: 'task', target: ({ taskId }) => taskId, details: ({ file }) => ({ file }) },
})
