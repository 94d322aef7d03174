import { z } from 'zod'
import { Id } from '../id.ts'
import { Done, Instant, Nothing, operation } from '../operation.ts'

/** A folder whose videos are imported by themselves, once they are copied whole. */
export const WatchedFolder = z.object({
  folderId: Id,
  path: z.string(),
  /** `missing`: not there now, as a card that was pulled out; it is looked for again. */
  state: z.enum(['watching', 'missing', 'refused']),
  /** Why it is not watched now, for a person to read; null while it is. */
  errorMessage: z.string().nullable(),
  /** Files that are still being copied into it. */
  settling: z.int().nonnegative(),
  /** Files it brought into the library. */
  imported: z.int().nonnegative(),
  addedAt: Instant,
})
export type WatchedFolder = z.infer<typeof WatchedFolder>

export const listWatchedFolders = operation('watched.list', {
  summary: 'The folders whose videos are imported automatically.',
  scope: 'admin',
  input: Nothing,
  output: z.object({ folders: z.array(WatchedFolder) }),
})

export const addWatchedFolder = operation('watched.add', {
  summary: 'Watch a folder: import the videos in it, and those added later.',
  scope: 'admin',
  input: z.object({ path: z.string().min(1).max(4096) }),
  output: WatchedFolder,
  audit: { target: ({ path }) => path },
})

export const removeWatchedFolder = operation('watched.remove', {
  summary: 'Stop watching a folder. What was imported from it stays.',
  scope: 'admin',
  input: z.object({ folderId: Id }),
  output: Done,
  audit: { subject: 'watched', target: ({ folderId }) => folderId },
})
