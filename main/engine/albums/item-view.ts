import { toInstant } from '../../base/clock.ts'
import type { AlbumItem } from '../../contract/index.ts'
import type { ItemRow } from './item-rows.ts'

/** A row as the contract shows it. @param order its place among those that its reader sees, from 0. */
export function toItem(row: ItemRow, order: number): AlbumItem {
  const isPhoto = row.media_type === 'photo'
  return {
    itemId: row.id,
    mediaType: row.media_type,
    mediaId: row.media_id,
    caption: row.caption,
    order,
    title: row.title,
    durationSeconds: isPhoto ? null : row.duration_seconds,
    width: row.width,
    height: row.height,
    videoId: row.video_id,
    atSeconds: isPhoto ? ((row.scene_start ?? 0) + (row.scene_end ?? 0)) / 2 : 0,
    thumbnailUrl: ownPicture(row),
    mediaUrl: row.has_media === 1 ? `${pathOf(row)}/media${isPhoto ? versionOf(row) : ''}` : null,
    registeredVideoUrl: isPhoto ? null : row.video_url,
    registeredThumbnailUrl: isPhoto ? null : row.thumbnail_url,
    addedAt: toInstant(row.added_at),
  }
}

/** The picture of an item that the library made; null until then. */
export function ownPicture(row: ItemRow): string | null {
  if (row.media_type === 'photo') return `${pathOf(row)}/thumbnail${versionOf(row)}`
  return row.poster === 0 ? null : `${pathOf(row)}/thumbnail?v=${row.poster}`
}

/** A photo becomes another one when its video is cut into other scenes. */
function versionOf({ media_id }: ItemRow): string {
  return `?v=${media_id.slice(0, 8)}`
}

/** Of the album, not of the video: who may read the album may read it, and nobody once that is over. */
function pathOf({ album_id, id }: ItemRow): string {
  return `/api/v1/albums/${album_id}/items/${id}`
}
