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
  sureAt: z.number(),
  appearance: z.array(z.int()).readonly().nullable(),
  lookedAt: z.number(),
})

/** All that a tracker knows, as it is stored. */
export const TrackerState = z.object({
  version: z.literal(1),
  lastId: z.int().nonnegative(),
  seconds: z.number().nullable(),
  tracks: z.array(Track),
})
export type TrackerState = Readonly<z.infer<typeof TrackerState>>

export const NOTHING_YET: TrackerState = {
  version: 1,
  lastId: 0,
  seconds: null,
  tracks: [],
}
