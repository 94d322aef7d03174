import { availableParallelism } from 'node:os'
import { type DataFolder, freeBytes, isWritable } from '../../platform/files/index.ts'

/** A video that takes longer than this to be looked at lets others past. */
export const JOB_TURN_MS = 20_000
/** Enough for the pictures of a video. */
const JOB_ROOM_BYTES = 64 * 1024 * 1024

/** Whether a job may begin: the folder is in its place and takes what it will write. */
export async function hasRoom(folder: DataFolder): Promise<boolean> {
  if (folder.look() !== 'ok') return false
  const { root } = folder
  return (await freeBytes(root)) >= JOB_ROOM_BYTES && (await isWritable(root))
}

/** Decoding takes all of a core: two jobs keep two cores busy, more would only take turns. */
export function jobsAtATime(): number {
  return Math.max(1, Math.min(2, availableParallelism() - 1))
}
