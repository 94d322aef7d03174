import { deleteVideo, restoreVideo, type Video } from '../../../main/contract/index.ts'
import { engine } from '../../shared/engine/client.ts'
import { queryClient } from '../../shared/engine/queries.ts'
import { count } from '../../shared/format/size.ts'
import { toastDone, toastError } from '../../shared/ui/toast.tsx'

/** Deletions that can still be undone, the last one at the end; the engine keeps what was deleted for 10 minutes. */
const undoable: Deletion[] = []

interface Deletion {
  readonly videos: readonly Video[]
  readonly hideToast: () => void
}

/** Takes videos out of the library and offers the way back. */
export async function deleteVideos(videos: readonly Video[]): Promise<void> {
  const { done, failures } = await onEach(videos, (videoId) => engine.run(deleteVideo, { videoId }))
  if (done.length > 0) {
    const run = (): void => void undo(deletion)
    const deletion = { videos: done, hideToast: toastDone(`Deleted ${named(done)}.`, { run }) }
    undoable.push(deletion)
  }
  for (const message of failures) toastError(`Not deleted: ${message}`)
}

/** Brings back what was deleted last. */
export async function undoLastDeletion(): Promise<void> {
  const last = undoable.at(-1)
  if (last) await undo(last)
}

async function undo(deletion: Deletion): Promise<void> {
  undoable.splice(undoable.indexOf(deletion), 1)
  deletion.hideToast()
  const { done, failures } = await onEach(deletion.videos, (videoId) => engine.run(restoreVideo, { videoId }))
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
