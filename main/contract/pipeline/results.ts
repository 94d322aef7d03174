import { z } from 'zod'
import { Roi, Usage } from './stream.ts'

/** PI-62; the fields after `feature_digest` are ours. */
export const TrackResult = z.object({
  track_id: z.int().positive(),
  class: z.string(),
  first_frame: z.int().nonnegative(),
  last_frame: z.int().nonnegative(),
  frames_seen: z.int().positive(),
  best_confidence: z.number(),
  /** PI-63 */
  feature_digest: z.string().nullable(),
  /** Seconds from its first to its last frame. */
  dwell_seconds: z.number().nonnegative(),
  /** A few frames of high confidence, the best one first. */
  samples: z.array(z.object({ frame_index: z.int(), pts: z.number(), confidence: z.number(), roi: Roi })),
  /** The middle of its box: [frame_index, x, y]. */
  path: z.array(z.tuple([z.int(), z.number(), z.number()])),
})
export type TrackResult = z.infer<typeof TrackResult>

export const TaskResults = z.object({
  id: z.string(),
  object: z.literal('mm.pipeline.result'),
  model: z.string().nullable(),
  usage: Usage,
  tracks: z.array(TrackResult),
  /** Ours, when the request has `counting`. */
  counts: z
    .object({
      lines: z.array(z.object({ name: z.string(), forward: z.int(), backward: z.int() })),
      zones: z.array(z.object({ name: z.string(), entered: z.int(), left: z.int(), dwell_seconds: z.number() })),
    })
    .optional(),
})
export type TaskResults = z.infer<typeof TaskResults>
