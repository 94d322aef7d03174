import { type Files, type FrameIndexStore, metadataOf, type Videos } from '../library/index.ts'
import type { LibraryVideos } from './inputs.ts'

/** What the frame pipeline needs of the library: its videos, by id. */
export function libraryForTasks({
  videos,
  files,
  frames,
}: {
  videos: Videos
  files: Files
  frames: FrameIndexStore
}): LibraryVideos {
  return {
    titleOf: (videoId) => videos.titleOf(videoId),
    open: async (videoId, signal) => {
      const row = videos.row(videoId)
      return { path: videos.sourceOf(row), metadata: metadataOf(row), index: await frames.of(row, signal) }
    },
    play: async (videoId) =>
      videos.row(videoId).playable === 1 ? await files.video(videoId) : await files.derived(videoId, 'preview'),
  }
}
