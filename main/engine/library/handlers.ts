import {
  deleteCatalogueVideo,
  deleteVideo,
  deleteVideos,
  getCatalogueVideo,
  getFrames,
  getVideo,
  getVideos,
  listCatalogue,
  listScenes,
  listVideos,
  openDerived,
  openSceneThumbnail,
  openVideo,
  orderVideos,
  registerVideo,
  restoreVideo,
  restoreVideos,
  updateCatalogueVideo,
  updateVideo,
} from '../../contract/index.ts'
import { type Operations, userOf } from '../operations.ts'
import type { SceneStore } from '../scenes/index.ts'
import type { Files } from './files.ts'
import type { FrameIndexStore } from './frame-index-store.ts'
import type { Published } from './published.ts'
import type { Trash } from './trash.ts'
import type { VideoLists } from './video-lists.ts'
import type { Videos } from './videos.ts'

export interface LibraryServices {
  readonly videos: Videos
  readonly lists: VideoLists
  readonly published: Published
  readonly trash: Trash
  readonly scenes: SceneStore
  readonly files: Files
  readonly frames: FrameIndexStore
}

/** Answers the operations of contract/library and of contract/scenes/scene.ts. */
export function implementLibrary(operations: Operations, services: LibraryServices): void {
  implementPublished(operations, services)
  implementMany(operations, services)
  const { videos, trash, scenes, files, frames } = services
  operations
    .implement(listVideos, (query) => videos.list(query))
    .implement(getVideo, ({ videoId }) => videos.get(videoId))
    .implement(updateVideo, ({ videoId, ...change }) => videos.update(videoId, change))
    .perform(deleteVideo, async ({ videoId }) => {
      videos.row(videoId)
      await trash.delete(videoId)
    })
    .implement(restoreVideo, ({ videoId }) => {
      videos.row(videoId, { evenDeleted: true })
      trash.restore(videoId)
      return videos.get(videoId)
    })
    .implement(getFrames, async ({ videoId }, { signal }) => {
      const row = videos.row(videoId)
      const index = await frames.of(row, signal)
      // A preview copy is written on the player's clock.
      const clockStart = row.playable === 1 ? row.start_seconds : 0
      return { videoId, packed: Buffer.from(index.pack()).toString('base64'), clockStart }
    })
    .implement(openVideo, ({ videoId }) => files.video(videoId))
    .implement(openDerived, ({ videoId, which }) => files.derived(videoId, which))
    .implement(listScenes, ({ videoId }) => {
      // AN-3
      videos.row(videoId)
      return { videoId, scenes: scenes.list(videoId) }
    })
    .implement(openSceneThumbnail, ({ sceneId }) => files.sceneThumbnail(sceneId))
}

function implementMany(operations: Operations, { videos, lists, trash }: LibraryServices): void {
  operations
    .implement(orderVideos, (query) => lists.order(query))
    .implement(getVideos, ({ videoIds }) => ({ videos: videos.many(videoIds) }))
    .implement(deleteVideos, ({ videoIds }) => trash.deleteMany(videoIds))
    .implement(restoreVideos, ({ videoIds }) => trash.restoreMany(videoIds))
}

function implementPublished(operations: Operations, { published, trash }: LibraryServices): void {
  operations
    .implement(registerVideo, (registration, { caller }) => published.register(registration, userOf(caller)))
    .implement(getCatalogueVideo, ({ videoId }) => published.get(videoId))
    .implement(updateCatalogueVideo, ({ videoId, ...change }, { caller }) => published.update(videoId, change, caller))
    .perform(deleteCatalogueVideo, async ({ videoId }, { caller }) => {
      published.assertMayChange(videoId, caller)
      await trash.delete(videoId)
    })
    .implement(listCatalogue, (query, { caller }) => published.list(query, caller.userId))
}
