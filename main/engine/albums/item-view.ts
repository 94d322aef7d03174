import { toInstant } from '../../base/clock.ts'
import type { AlbumItem, MediaType } from '../../contract/index.ts'
import { mediaPath } from '../../contract/media-urls.ts'
import type { MediaItem, MediaReader } from '../library/index.ts'
import type { SceneReader, SceneTimes } from '../scenes/index.ts'
import type { ItemRow } from './item-rows.ts'

/** An item with what is shown of its video. */
export interface ShownItem {
  readonly row: ItemRow
  readonly video: MediaItem
  /** That a photo shows; null for a video. */
  readonly scene: SceneTimes | null
}

/** Finds what is shown of the media of albums. */
export class ItemMedia {
  readonly #media: MediaReader
  readonly #scenes: SceneReader

  constructor(media: MediaReader, scenes: SceneReader) {
    this.#media = media
    this.#scenes = scenes
  }

  /** Items whose video is not there are left out. */
  shown(rows: readonly ItemRow[]): ShownItem[] {
    const videos = this.#media.getMany(rows.map((row) => row.video_id))
    const photos = rows.filter((row) => row.media_type === 'photo').map((row) => row.media_id)
    const scenes = photos.length === 0 ? null : this.#scenes.getMany(photos)
    return rows.flatMap((row) => {
      const video = videos.get(row.video_id)
      return video ? { row, video, scene: scenes?.get(row.media_id) ?? null } : []
    })
  }

  /** The video of what is to be an item, and seconds into it; null for what is not in the library. */
  find(mediaType: MediaType, mediaId: string): { videoId: string; atSeconds: number } | null {
    const scene = mediaType === 'photo' ? this.#scenes.get(mediaId) : null
    const videoId = mediaType === 'photo' ? scene?.videoId : mediaId
    if (videoId === undefined || !this.#media.exists(videoId)) return null
    return { videoId, atSeconds: middleOf(scene) }
  }
}

/** An item as the contract shows it. @param order its place among those that its reader sees, from 0. */
export function toItem(item: ShownItem, order: number): AlbumItem {
  const { row, video } = item
  const isPhoto = row.media_type === 'photo'
  return {
    itemId: row.id,
    mediaType: row.media_type,
    mediaId: row.media_id,
    caption: row.caption,
    order,
    title: video.title,
    durationSeconds: isPhoto ? null : video.durationSeconds,
    width: video.width,
    height: video.height,
    videoId: row.video_id,
    atSeconds: middleOf(item.scene),
    thumbnailUrl: ownPicture(item),
    mediaUrl: hasMedia(item) ? mediaPath.item(row.album_id, row.id, 'media', isPhoto ? versionOf(row) : null) : null,
    registeredVideoUrl: isPhoto ? null : video.videoUrl,
    registeredThumbnailUrl: isPhoto ? null : video.thumbnailUrl,
    addedAt: toInstant(row.added_at),
  }
}

/** Whether it plays here, or is a picture. */
export function hasMedia({ row, video }: ShownItem): boolean {
  return row.media_type === 'photo' || video.playsHere
}

/** The picture of an item that the library made; null until then. */
export function ownPicture({ row, video }: ShownItem): string | null {
  if (row.media_type === 'photo') return mediaPath.item(row.album_id, row.id, 'thumbnail', versionOf(row))
  return video.poster === 0 ? null : mediaPath.item(row.album_id, row.id, 'thumbnail', video.poster)
}

function middleOf(scene: SceneTimes | null): number {
  return scene ? (scene.startTime + scene.endTime) / 2 : 0
}

/** A photo becomes another one when its video is cut into other scenes. */
function versionOf({ media_id }: ItemRow): string {
  return media_id.slice(0, 8)
}
