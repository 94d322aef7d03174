import { z } from 'zod'
import { Id } from '../id.ts'
import { Instant } from '../operation.ts'
import { TaskRequest } from './request.ts'
import { FinishReason } from './stream.ts'

export const TaskStatus = z.enum(['pending', 'running', 'cancelling', 'succeeded', 'failed', 'cancelled'])
export type TaskStatus = z.infer<typeof TaskStatus>

export const Task = z.object({
  /** "vt_" and a ULID. */
  taskId: z.string().regex(/^vt_[0-9A-HJKMNP-TV-Z]{26}$/),
  status: TaskStatus,
  /** As it was sent; base64 is replaced by a reference to the stored object. */
  request: TaskRequest,
  /** Name of its video. */
  title: z.string(),
  /** Its video in the library; null for another one. */
  mediaId: Id.nullable(),
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
  /** Sampled frames that are done, and all that are due, where known. */
  processedFrames: z.int().nonnegative(),
  dueFrames: z.int().nonnegative().nullable(),
  secondsLeft: z.number().nonnegative().nullable(),
  /** Length of the archive so far. */
  streamBytes: z.int().nonnegative(),
  finishReason: FinishReason.nullable(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  completedAt: Instant.nullable(),
})
export type Task = z.infer<typeof Task>
