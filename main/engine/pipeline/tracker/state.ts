import { z } from 'zod'

const Axis = z.object({
  value: z.number(),
  speed: z.number(),
  variance: z.number(),
  cross: z.number(),
  speedVariance: z.number(),
})

const Track = z.object({
  id: z.int().positive().nullable(),
  kind: z.string(),
  motion: z.object({ x: Axis, y: Axis, width: Axis, height: Axis }),
  seenAt: z.number(),
  strongAt: z.number(),
  embedding: z.array(z.int()).readonly().nullable(),
  embeddedAt: z.number(),
})

/** The whole state of a tracker, as it is stored. */
export const TrackerState = z.object({
  version: z.literal(2),
  lastId: z.int().nonnegative(),
  seconds: z.number().nullable(),
  tracks: z.array(Track),
})
export type TrackerState = Readonly<z.infer<typeof TrackerState>>

export const EMPTY_STATE: TrackerState = { version: 2, lastId: 0, seconds: null, tracks: [] }
