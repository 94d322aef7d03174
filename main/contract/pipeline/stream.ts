import { z } from 'zod'

/** Pixels of the displayed frame: x to the right, y down, from its top left corner. */
export const Point = z.tuple([z.number(), z.number()])

export const FinishReason = z.enum(['stop', 'max_frames', 'error', 'cancelled'])
export type FinishReason = z.infer<typeof FinishReason>

/** PI-15 */
export const Roi = z.object({ left: z.int(), top: z.int(), width: z.int(), height: z.int() })
export type Roi = z.infer<typeof Roi>

/** One target of a frame. `text` and `feature` (its embedding) exist when such a step ran on it. */
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

/** One event of the stream (PI-42, PI-43). */
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
