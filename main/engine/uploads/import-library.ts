import type { Videos } from '../library/index.ts'
import type { ObjectStore } from '../objects/index.ts'
import type { ImportLibrary } from './import-copy.ts'

/** What imports need of the library that they fill. */
export function libraryForImports(videos: Videos, objects: ObjectStore, ownerId: string): ImportLibrary {
  return {
    ownerId: () => ownerId,
    hasSize: (sizeBytes) => objects.hasSize(sizeBytes),
    findBySha256: (sha256) => {
      const videoId = videos.idBySha256(sha256)
      return videoId === null ? null : { videoId }
    },
    titleOf: (videoId) => videos.titleOf(videoId),
  }
}
