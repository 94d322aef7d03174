import { z } from 'zod'
import { Nothing, operation, streamOperation } from '../operation.ts'

/** Facts of this installation that a person may want to see. */
export const SystemState = z.object({
  version: z.string(),
  dataFolder: z.string(),
  /** `missing`: the library folder is not at its path any more; `replaced`: another one is. Nothing is written then. */
  storage: z.enum(['ok', 'missing', 'replaced']),
  disk: z.object({ usedBytes: z.int().nonnegative(), freeBytes: z.int().nonnegative() }),
  ffmpeg: z.object({
    path: z.string().nullable(),
    version: z.string().nullable(),
    source: z.string().nullable(),
    /** What a person should know of it: that it is old. */
    warning: z.string().nullable(),
  }),
})
export type SystemState = z.infer<typeof SystemState>

export const getSystem = operation('system.get', {
  summary: 'Version, data folder, disk space and the ffmpeg in use.',
  scope: 'admin',
  input: Nothing,
  output: SystemState,
})

/** Something changed: the receiver asks again for what it shows of it. Sent at most a few times a second. */
export const Change = z.object({
  /** Names a capability or a part of one: `videos`, `tasks`… */
  topic: z.string(),
  /** What changed, named as operations name it in their input: `{ taskId }`; empty when it may be anything. */
  ids: z.record(z.string(), z.string()),
})
export type Change = z.infer<typeof Change>

export const followChanges = streamOperation('system.followChanges', {
  summary: 'Sends an event whenever something changes that a window shows: videos, imports, tasks, albums, the server.',
  scope: 'read',
  input: Nothing,
  event: Change,
})
