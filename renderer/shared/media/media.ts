import type { AlbumItem, MediaType, Scene, Video } from '../../../main/contract/index.ts'
import { count } from '../format/size.ts'
import { clock } from '../format/time.ts'

/** What an album can take: a video, or the picture of a scene. */
export interface Media {
  readonly mediaType: MediaType
  readonly mediaId: string
  readonly title: string
}

/** A video that something is done with. */
export type VideoRef = Pick<Video, 'videoId' | 'title'>

export function mediaOf({ videoId, title }: VideoRef): Media {
  return { mediaType: 'video', mediaId: videoId, title }
}

export function photoOf(scene: Scene, { title }: Pick<Video, 'title'>): Media {
  return { mediaType: 'photo', mediaId: scene.sceneId, title: `${title} at ${clock(middleOf(scene))}` }
}

/** The time of a scene's picture, in seconds into its video (AN-20). */
export function middleOf({ startTime, endTime }: Pick<Scene, 'startTime' | 'endTime'>): number {
  return (startTime + endTime) / 2
}

export function mediaOfItem({ mediaType, mediaId, title }: AlbumItem): Media {
  return { mediaType, mediaId, title }
}

/** Whether an item is known by its address alone: nothing of it is in the library. */
export function isElsewhere({ registeredVideoUrl, mediaUrl, width }: AlbumItem): boolean {
  return registeredVideoUrl !== null && mediaUrl === null && width === null
}

/** `“East gate site walk”`, `3 videos`, `2 photos`, `4 items` */
export function namedMedia(media: readonly Pick<Media, 'mediaType' | 'title'>[]): string {
  const [first, ...others] = media
  if (first && others.length === 0) return `“${first.title}”`
  const types = new Set(media.map(({ mediaType }) => mediaType))
  const [type] = types
  return count(media.length, types.size === 1 && type ? type : 'item')
}
