import {
  deleteVideo,
  getFrames,
  getVideo,
  listScenes,
  listVideos,
  openDerived,
  openSceneThumbnail,
  openVideo,
  restoreVideo,
  updateVideo,
} from '../../contract/index.ts'
import type { Operations } from '../operations.ts'
import type { SceneStore } from '../scenes/index.ts'
import type { Files } from './files.ts'
import type { FrameIndexStore } from './frame-index-store.ts'
import type { Videos } from './videos.ts'

/** Answers the operations of contract/video.ts and contract/scene.ts. */
export function implementLibrary(
  operations: Operations,
  { videos, scenes, files, frames }: { videos: Videos; scenes: SceneStore; files: Files; frames: FrameIndexStore },
): void {
  operations
    .implement(listVideos, (query) => videos.list(query))
    .implement(getVideo, ({ videoId }) => videos.get(videoId))
    .implement(updateVideo, ({ videoId, ...change }) => videos.update(videoId, change))
    .implement(deleteVideo, async ({ videoId }) => {
      await videos.delete(videoId)
      return { done: true as const }
    })
    .implement(restoreVideo, ({ videoId }) => videos.restore(videoId))
    .implement(getFrames, async ({ videoId }, { signal }) => {
      const row = videos.rows.get(videoId)
      const index = await frames.of(row, signal)
      // A preview copy is written on the player's clock.
      const clockStart = row.playable === 1 ? row.start_seconds : 0
      return { videoId, packed: Buffer.from(index.pack()).toString('base64'), clockStart }
    })
    .implement(openVideo, ({ videoId }) => files.video(videoId))
    .implement(openDerived, ({ videoId, which }) => files.derived(videoId, which))
    .implement(listScenes, ({ videoId }) => {
      // AN-3
      videos.rows.get(videoId)
      return { videoId, scenes: scenes.list(videoId) }
    })
    .implement(openSceneThumbnail, ({ sceneId }) => files.sceneThumbnail(sceneId))
}
