import { z } from 'zod'
import { Point } from './stream.ts'

/**
 * The request of a frame-pipeline task, in the published form of Visowork's Video API: a client's body, the window's JSON
 * view and the stored request are the same text. Rules: PI-1 to PI-7, PI-10 to PI-14, PI-20 to PI-24.
 */

/** Which frames are processed. */
export const Sampling = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('fps'), value: z.number().positive() }),
  z.object({ mode: z.literal('keyframe') }),
  /** Seconds between samples. */
  z.object({ mode: z.literal('interval'), value: z.number().positive() }),
])
export type Sampling = z.infer<typeof Sampling>

/** PI-23 */
export const TaskRange = z
  .object({
    start: z.number().nonnegative().optional(),
    end: z.number().nonnegative().optional(),
    /** Seconds when it is left out. */
    unit: z.enum(['seconds', 'frames']).optional(),
  })
  .refine(({ start = 0, end = Infinity }) => start < end, { message: 'start has to come before end.' })

const inputOptions = {
  sampling: Sampling.optional(),
  range: TaskRange.optional(),
  /** Of the sampled frames; default 3000. */
  max_frames: z.int().positive().optional(),
}

/** The longest video that may be sent within a request, decoded (PI-3). */
export const SENT_VIDEO_BYTES = 64 * 1024 * 1024

/**
 * A video that was sent within a request, now in a synced file of the library; its receiver removes what is left of it. A
 * class, so that nothing in a client's JSON is taken for one.
 */
export class SentVideo {
  constructor(
    readonly file: string,
    readonly sha256: string,
    readonly sizeBytes: number,
  ) {}

  /** Identifies the bytes, without the path, which differs each time. */
  toJSON(): { sha256: string; sizeBytes: number } {
    return { sha256: this.sha256, sizeBytes: this.sizeBytes }
  }
}

const SentText = z.string().min(1)
const Sent = z
  .custom<string | SentVideo>((value) => value instanceof SentVideo || SentText.safeParse(value).success)
  .meta({ type: 'string', minLength: 1, description: 'Base64, or a data URI: at most 64 MB once decoded.' })

export const TaskInput = z.discriminatedUnion('type', [
  z.object({ type: z.literal('video_url'), url: z.string().min(1).max(8192), ...inputOptions }),
  z.object({ type: z.literal('video_base64'), data: Sent, ...inputOptions }),
])
export type TaskInput = z.infer<typeof TaskInput>

/** PI-14 */
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

/** Ours: lines and zones in which tracks are counted. */
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
  /** PI-2 */
  input: z.array(TaskInput).length(1),
  steps: z.array(TaskStep).min(1).max(20),
  /** PI-7 */
  model: z.string().max(200).optional(),
  /** Ours: false leaves targets without track ids. */
  track: z.boolean().optional(),
  counting: Counting.optional(),
})
export type TaskRequest = z.infer<typeof TaskRequest>
