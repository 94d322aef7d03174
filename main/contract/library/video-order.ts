import { z } from 'zod'
import { Id } from '../id.ts'
import { operation } from '../operation.ts'
import { Video, VideoSearch } from './video.ts'

/** What goes on with a video: a job of it waits or runs; or the latest one failed, and somebody has to see to it. */
export const VideoState = z.enum(['all', 'working', 'failed'])
export type VideoState = z.infer<typeof VideoState>

const Counts = z.object({
  all: z.int().nonnegative(),
  working: z.int().nonnegative(),
  failed: z.int().nonnegative(),
})

export const VideoOrder = z.object({
  /** The ids one after the other, 36 characters each: one text reaches the window at once, a hundred thousand do not. */
  ids: z.string(),
  /** Of each video, in the same order; 0 where it is unknown. */
  seconds: z.instanceof(Float64Array),
  bytes: z.instanceof(Float64Array),
  /** How many were added on each day of this machine's calendar, `at` an instant of it; only in an order of time. */
  days: z.array(z.object({ at: z.number(), count: z.int(), seconds: z.number() })),
  /** How many match the search in each state. */
  counts: Counts,
})
export type VideoOrder = z.infer<typeof VideoOrder>

export const orderVideos = operation('videos.order', {
  summary: 'All videos that match, in order: by their ids alone, so that a hundred thousand are answered at once.',
  scope: 'read',
  input: VideoSearch.extend({ state: VideoState.default('all') }),
  output: VideoOrder,
})

/** A call takes at most so many: more go in several, and in between everything else is answered. */
export const VIDEOS_AT_ONCE = 100

const VideoIds = z.object({ videoIds: z.array(Id).min(1).max(VIDEOS_AT_ONCE) })

export const getVideos = operation('videos.getMany', {
  summary: 'Several videos of the library; those that are not there are left out.',
  scope: 'read',
  input: VideoIds,
  output: z.object({ videos: z.array(Video) }),
})

/** What became of each. */
const Outcome = z.object({
  done: z.array(Id),
  failed: z.array(z.object({ videoId: Id, message: z.string() })),
})

/** One event for all of a call. */
const AUDIT_OF_MANY = {
  target: ({ videoIds }: z.output<typeof VideoIds>) => videoIds[0] ?? null,
  details: ({ videoIds }: z.output<typeof VideoIds>) => ({ videos: videoIds.length }),
}

export const deleteVideos = operation('videos.deleteMany', {
  summary: 'Put several videos out of the library; the window can bring them back for 10 minutes.',
  scope: 'write',
  input: VideoIds,
  output: Outcome,
  audit: AUDIT_OF_MANY,
})

export const restoreVideos = operation('videos.restoreMany', {
  summary: 'Undo the deletion of several videos.',
  scope: 'write',
  input: VideoIds,
  output: Outcome,
  audit: AUDIT_OF_MANY,
})
