import { availableParallelism } from 'node:os'
import { type DataFolder, freeBytes, isWritable } from '../../platform/files/index.ts'
import type { Lane } from './definition.ts'
import type { LaneLimits } from './lane.ts'

/** Enough for the pictures of a video. */
const JOB_ROOM_BYTES = 64 * 1024 * 1024

export const LANE_LIMITS: Readonly<Record<Lane, LaneLimits>> = {
  // Seconds of work that somebody looks at, and that waits for no other job.
  short: { places: 1 },
  // Decoding takes all of a core: two jobs keep two cores busy, more would only take turns. A video that takes longer
  // than a turn lets others past.
  cpu: { places: Math.max(1, Math.min(2, availableParallelism() - 1)), turnMs: 20_000 },
  // They share one process of models: a second would only make the first one slower.
  gpu: { places: 1 },
  network: { places: 2 },
}

/** Whether a job may begin: the folder is in its place and takes what it will write. */
export async function hasRoom(folder: DataFolder): Promise<boolean> {
  if (folder.look() !== 'ok') return false
  const { root } = folder
  return (await freeBytes(root)) >= JOB_ROOM_BYTES && (await isWritable(root))
}
