import {
  asEngineError,
  deleteVideo,
  queueAnalysis,
  restoreVideo,
  retryJob,
  type Video,
  type VideoActivity,
} from '../../../main/contract/index.ts'
import { engine } from '../engine/client.ts'
import { queryClient } from '../engine/queries.ts'
import { count } from '../format/size.ts'
import { toastDone, toastError } from '../ui/toast.tsx'
import { undoable } from '../ui/undo.ts'

/** `“East gate site walk”`, or `3 videos` */
export function named(videos: readonly Video[]): string {
  return videos.length === 1 ? `“${videos[0]?.title}”` : count(videos.length, 'video')
}

/** Queues scene detection for each video; the scenes there are stay until new ones are found. @returns whether it was. */
export async function findScenes(videos: readonly Video[]): Promise<boolean> {
  const { failures } = await onEach(videos, (videoId) => engine.run(queueAnalysis, { mediaId: videoId }))
  for (const message of failures) toastError(`Scene detection did not start: ${message}`)
  return failures.length === 0
}

/** Runs a failed job again. */
export async function retry(video: Video, { jobId, kind }: VideoActivity): Promise<void> {
  const { failures } = await onEach([video], (mediaId) => engine.run(retryJob, { jobId, mediaId }))
  for (const message of failures) toastError(`The ${kind} was not started again: ${message}`)
}

/** Takes videos out of the library and offers the way back; the engine keeps what was deleted for 10 minutes. */
export async function deleteVideos(videos: readonly Video[]): Promise<void> {
  const { done, failures } = await onEach(videos, (videoId) => engine.run(deleteVideo, { videoId }))
  if (done.length > 0) undoable(`Deleted ${named(done)}.`, () => restore(done))
  for (const message of failures) toastError(`Not deleted: ${message}`)
}

async function restore(videos: readonly Video[]): Promise<void> {
  const { done, failures } = await onEach(videos, (videoId) => engine.run(restoreVideo, { videoId }))
  if (done.length > 0) toastDone(`Restored ${named(done)}.`)
  for (const message of failures) toastError(`Not restored: ${message}`)
}

async function onEach(videos: readonly Video[], act: (videoId: string) => Promise<unknown>) {
  const results = await Promise.allSettled(videos.map(({ videoId }) => act(videoId)))
  await queryClient.invalidateQueries({ queryKey: ['videos'] })
  return {
    done: videos.filter((_, index) => results[index]?.status === 'fulfilled'),
    failures: results.flatMap((result, index) =>
      result.status === 'rejected' ? [`${videos[index]?.title}. ${asEngineError(result.reason).message}`] : [],
    ),
  }
}
