import { z } from 'zod'
import { toInstant } from '../../base/clock.ts'
import { type CatalogueVideo, ContentType, Video, type VideoActivity, VideoType } from '../../contract/index.ts'
import { mediaPath } from '../../contract/media-urls.ts'
import { readRow } from '../../platform/database/index.ts'
import type { SidecarVideo } from '../objects/index.ts'
import { type MediaRow, metadataOf, type VideoRow } from './media-rows.ts'

const Sprite = Video.shape.sprite.unwrap().omit({ url: true })
const Labels = z.array(z.string())
const Custom = Video.shape.custom

/** An uploaded video as the contract shows it. Stored JSON is checked like any input. @throws EngineError `library_damaged`. */
export function toVideo(row: VideoRow, sceneCounts: ReadonlyMap<string, number>, activities: VideoActivity[]): Video {
  return readRow('video', () => ({
    videoId: row.id,
    title: row.title,
    filename: row.filename,
    contentType: ContentType.parse(row.content_type),
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    tags: Labels.parse(JSON.parse(row.tags)),
    custom: Custom.parse(JSON.parse(row.custom)),
    metadata: metadataOf(row),
    ownerId: row.owner_id,
    createdAt: toInstant(row.created_at),
    sceneCount: sceneCounts.get(row.id) ?? 0,
    thumbnailUrl: mediaPath.poster(row.id, row.poster),
    sprite:
      row.sprite === null
        ? null
        : { url: mediaPath.sprite(row.id, row.poster), ...Sprite.parse(JSON.parse(row.sprite)) },
    playableUrl: playableUrl(row),
    activities,
  }))
}

function playableUrl({ id, playable, preview }: VideoRow): string | null {
  if (playable === 1) return mediaPath.file(id)
  return preview === null ? null : mediaPath.preview(id)
}

/** An item as it is published. @throws EngineError `library_damaged`. */
export function toPublished(row: MediaRow, names: ReadonlyMap<string, string>): CatalogueVideo {
  return readRow('video', () => ({
    videoId: row.id,
    ownerId: row.owner_id,
    ownerName: names.get(row.owner_id) ?? '',
    title: row.title,
    description: row.description,
    videoType: VideoType.parse(row.video_type),
    videoUrl: row.video_url,
    thumbnailUrl: row.thumbnail_url,
    durationSeconds: row.duration_seconds ?? row.published_seconds,
    tags: Labels.parse(JSON.parse(row.tags)),
    techStack: Labels.parse(JSON.parse(row.tech_stack)),
    projectUrl: row.project_url,
    hasFile: row.source === 'uploaded',
    posterUrl: mediaPath.poster(row.id, row.poster),
    createdAt: toInstant(row.created_at),
    updatedAt: toInstant(row.updated_at),
    totalViews: row.views,
    likes: row.likes,
    shares: row.shares,
  }))
}

/** What the sidecar of its object says of an uploaded video; what is damaged in the row is left out. */
export function toSidecar(row: VideoRow, owner: string | null): SidecarVideo {
  return {
    ...{ id: row.id, owner, title: row.title, filename: row.filename },
    contentType: row.content_type as ContentType,
    tags: Labels.catch([]).parse(JSON.parse(row.tags)),
    custom: Custom.catch({}).parse(JSON.parse(row.custom)),
    ...{ createdAt: row.created_at, deletedAt: row.deleted_at },
  }
}
