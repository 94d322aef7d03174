import { deleteVideo, restoreVideo, type Video } from '../../../main/contract/index.ts'
import { engine } from '../../shared/engine/client.ts'
import { queryClient } from '../../shared/engine/queries.ts'
import { count } from '../../shared/format/size.ts'
import { toastDone, toastError } from '../../shared/ui/toast.tsx'
import { undoable } from '../../shared/ui/undo.ts'

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
      result.status === 'rejected' ? [`${videos[index]?.title}. ${(result.reason as Error).message}`] : [],
    ),
  }
}

/** `“East gate site walk”`, or `3 videos` */
export function named(videos: readonly Video[]): string {
  return videos.length === 1 ? `“${videos[0]?.title}”` : count(videos.length, 'video')
}
