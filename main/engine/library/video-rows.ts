import { z } from 'zod'
import { toInstant } from '../../base/clock.ts'
import { ContentType, EngineError, Video, VideoMetadata, type VideoActivity } from '../../contract/index.ts'
import { type Database, readRow } from '../../platform/database/index.ts'

export interface VideoRow {
  id: string
  owner_id: string
  title: string
  filename: string
  content_type: string
  size_bytes: number
  sha256: string
  tags: string
  custom: string
  metadata: string
  duration_seconds: number | null
  start_seconds: number
  playable: number
  poster: number
  sprite: string | null
  preview: string | null
  created_at: number
  deleted_at: number | null
  scene_count: number
}

const COLUMNS = `videos.*, (SELECT count(*) FROM scenes WHERE scenes.video_id = videos.id) AS scene_count`
const MATCHES = `deleted_at IS NULL AND (:pattern IS NULL OR title LIKE :pattern ESCAPE '\\' OR filename LIKE :pattern ESCAPE '\\')`

const ORDERS = {
  newest: 'created_at DESC, rowid DESC',
  oldest: 'created_at, rowid',
  title: 'title COLLATE NOCASE, rowid',
  longest: 'duration_seconds DESC, rowid',
} as const
export type VideoOrder = keyof typeof ORDERS

/** The `videos` table. A deleted video keeps its row until its time to be restored is over. */
export class VideoRows {
  readonly insert
  readonly update
  readonly setDeleted
  readonly remove
  readonly setPoster
  readonly setSprite
  readonly setPreview
  readonly #get
  readonly #count
  readonly #pages
  readonly #bySha256
  readonly #hasSize
  readonly #withObject
  readonly #deletedBefore

  constructor(database: Database) {
    this.insert = database.prepare(
      `INSERT INTO videos (id, owner_id, title, filename, content_type, size_bytes, sha256, tags, custom, metadata,
                           duration_seconds, start_seconds, playable, created_at)
       VALUES (:id, :ownerId, :title, :filename, :contentType, :sizeBytes, :sha256, :tags, :custom, :metadata,
               :durationSeconds, :startSeconds, :playable, :now)`,
    )
    this.update = database.prepare(
      'UPDATE videos SET title = coalesce(:title, title), tags = coalesce(:tags, tags) WHERE id = :id',
    )
    this.setDeleted = database.prepare('UPDATE videos SET deleted_at = :deletedAt WHERE id = :id')
    this.remove = database.prepare('DELETE FROM videos WHERE id = :id AND deleted_at < :before')
    this.setPoster = database.prepare('UPDATE videos SET poster = poster + 1 WHERE id = :id')
    this.setSprite = database.prepare('UPDATE videos SET sprite = :sprite WHERE id = :id')
    this.setPreview = database.prepare('UPDATE videos SET preview = :preview WHERE id = :id')
    this.#get = database.prepare<VideoRow>(`SELECT ${COLUMNS} FROM videos WHERE id = :id`)
    this.#count = database.prepare<{ total: number; seconds: number }>(
      `SELECT count(*) AS total, coalesce(sum(duration_seconds), 0.0) AS seconds FROM videos WHERE ${MATCHES}`,
    )
    const page = (order: string) =>
      database.prepare<VideoRow>(
        `SELECT ${COLUMNS} FROM videos WHERE ${MATCHES} ORDER BY ${order} LIMIT :limit OFFSET :offset`,
      )
    this.#pages = {
      newest: page(ORDERS.newest),
      oldest: page(ORDERS.oldest),
      title: page(ORDERS.title),
      longest: page(ORDERS.longest),
    }
    this.#bySha256 = database.prepare<{ id: string }>(
      'SELECT id FROM videos WHERE sha256 = :sha256 AND deleted_at IS NULL ORDER BY created_at LIMIT 1',
    )
    this.#hasSize = database.prepare<{ found: number }>(
      'SELECT EXISTS (SELECT 1 FROM objects WHERE size_bytes = :sizeBytes) AS found',
    )
    this.#withObject = database.prepare<{ id: string }>(
      'SELECT id FROM videos WHERE sha256 = :sha256 AND deleted_at IS NULL',
    )
    this.#deletedBefore = database.prepare<VideoRow>(
      `SELECT ${COLUMNS} FROM videos WHERE deleted_at IS NOT NULL AND deleted_at < :before`,
    )
  }

  /** @throws EngineError `not_found`; a deleted video counts as gone unless asked for. */
  get(id: string, { evenDeleted = false } = {}): VideoRow {
    const row = this.#get.get({ id })
    if (!row || (row.deleted_at !== null && !evenDeleted)) throw new EngineError('not_found', 'There is no such video.')
    return row
  }

  /** The id of a video with these bytes, or null. */
  idBySha256(sha256: string): string | null {
    return this.#bySha256.get({ sha256 })?.id ?? null
  }

  /** Every video with these bytes. */
  withObject(sha256: string): Array<{ id: string }> {
    return this.#withObject.all({ sha256 })
  }

  hasSize(sizeBytes: number): boolean {
    return this.#hasSize.get({ sizeBytes })?.found === 1
  }

  deletedBefore(before: number): VideoRow[] {
    return this.#deletedBefore.all({ before })
  }

  page(search: string, order: VideoOrder, offset: number, limit: number) {
    const pattern = search.trim() === '' ? null : `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`
    const counted = this.#count.get({ pattern })
    return {
      rows: this.#pages[order].all({ pattern, offset, limit }),
      total: counted?.total ?? 0,
      totalSeconds: counted?.seconds ?? 0,
    }
  }
}

const Sprite = Video.shape.sprite.unwrap().omit({ url: true })
const Tags = z.array(z.string())

/** A row as the contract shows it. Stored JSON is read as if a stranger had written it. */
export function toVideo(row: VideoRow, activities: VideoActivity[]): Video {
  return readRow('video', () => videoOf(row, activities))
}

function videoOf(row: VideoRow, activities: VideoActivity[]): Video {
  const url = `/api/v2/videos/${row.id}`
  const playable = row.playable === 1 ? `${url}/file` : row.preview === null ? null : `${url}/preview`
  return {
    videoId: row.id,
    title: row.title,
    filename: row.filename,
    contentType: ContentType.parse(row.content_type),
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    tags: Tags.parse(JSON.parse(row.tags)),
    custom: Video.shape.custom.parse(JSON.parse(row.custom)),
    metadata: metadataOf(row),
    ownerId: row.owner_id,
    createdAt: toInstant(row.created_at),
    sceneCount: row.scene_count,
    thumbnailUrl: posterUrl(row),
    sprite:
      row.sprite === null ? null : { url: `${url}/sprite?v=${row.poster}`, ...Sprite.parse(JSON.parse(row.sprite)) },
    playableUrl: playable,
    activities,
  }
}

export function metadataOf(row: VideoRow): VideoMetadata {
  return readRow('video', () => VideoMetadata.parse(JSON.parse(row.metadata)))
}

/** Where the bytes of a video are, as they were uploaded. */
export function fileUrl(row: VideoRow): string {
  return `/api/v2/videos/${row.id}/file`
}

/** Null until a poster was made. */
export function posterUrl(row: Pick<VideoRow, 'id' | 'poster'>): string | null {
  return row.poster === 0 ? null : `/api/v2/videos/${row.id}/poster?v=${row.poster}`
}
