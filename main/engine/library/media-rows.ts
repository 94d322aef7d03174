import { EngineError, VideoMetadata } from '../../contract/index.ts'
import { type Database, readRow, type SqlParameters } from '../../platform/database/index.ts'
import { conditions, type MediaFilter } from './media-filter.ts'

interface AnyRow {
  id: string
  kind: string
  owner_id: string
  title: string
  tags: string
  duration_seconds: number | null
  published_seconds: number | null
  created_at: number
  deleted_at: number | null
  playable: number
  poster: number
  sprite: string | null
  preview: string | null
  description: string | null
  video_type: string
  video_url: string | null
  thumbnail_url: string | null
  tech_stack: string
  project_url: string | null
  updated_at: number
  views: number
  likes: number
  shares: number
}

/** An uploaded video: its file is in the object store. */
export interface VideoRow extends AnyRow {
  source: 'uploaded'
  filename: string
  content_type: string
  size_bytes: number
  sha256: string
  custom: string
  metadata: string
  start_seconds: number
}

interface LinkRow extends AnyRow {
  source: 'linked'
}

export type MediaRow = VideoRow | LinkRow

/** What is added to the counters. */
export interface MediaCounts {
  readonly views?: number
  readonly likes?: number
  readonly shares?: number
}

/** Looking a little further than the page often finds the end, and saves counting. */
const AHEAD = 200

/** The `media` table. A deleted item keeps its row until its time to be restored is over. */
export class MediaRows {
  readonly insertVideo
  readonly insertLink
  readonly publish
  readonly setDeleted
  readonly remove
  readonly setMetadata
  readonly setPoster
  readonly setSprite
  readonly setPreview
  readonly #database: Database
  readonly #addCounts
  readonly #update
  readonly #find
  readonly #among
  readonly #withObject
  readonly #deletedBefore

  constructor(database: Database) {
    this.#database = database
    this.insertVideo = database.prepare(
      `INSERT INTO media (id, kind, source, owner_id, title, filename, content_type, size_bytes, sha256, tags, custom,
                          metadata, duration_seconds, start_seconds, playable, created_at, updated_at)
       VALUES (:id, 'video', 'uploaded', :ownerId, :title, :filename, :contentType, :sizeBytes, :sha256, :tags, :custom,
               :metadata, :durationSeconds, :startSeconds, :playable, :now, :now)`,
    )
    this.insertLink = database.prepare(
      `INSERT INTO media (id, kind, source, owner_id, title, tags, created_at, updated_at)
       VALUES (:id, 'video', 'linked', :ownerId, :title, :tags, :now, :now)`,
    )
    this.#update = database.prepare(
      'UPDATE media SET title = coalesce(:title, title), tags = coalesce(:tags, tags) WHERE id = :id',
    )
    this.publish = database.prepare(
      `UPDATE media SET description = :description, video_type = :videoType, video_url = :videoUrl,
              thumbnail_url = :thumbnailUrl, tech_stack = :techStack, project_url = :projectUrl,
              published_seconds = :durationSeconds, updated_at = :now
       WHERE id = :id`,
    )
    this.setDeleted = database.prepare('UPDATE media SET deleted_at = :deletedAt WHERE id = :id')
    this.remove = database.prepare('DELETE FROM media WHERE id = :id AND deleted_at < :before')
    this.setMetadata = database.prepare(
      'UPDATE media SET metadata = :metadata, duration_seconds = :durationSeconds WHERE id = :id',
    )
    this.setPoster = database.prepare('UPDATE media SET poster = poster + 1 WHERE id = :id')
    this.setSprite = database.prepare('UPDATE media SET sprite = :sprite WHERE id = :id')
    this.setPreview = database.prepare('UPDATE media SET preview = :preview WHERE id = :id')
    this.#addCounts = database.prepare(
      'UPDATE media SET views = views + :views, likes = likes + :likes, shares = shares + :shares WHERE id = :id',
    )
    this.#find = database.prepare<MediaRow>('SELECT * FROM media WHERE id = :id')
    this.#among = database.prepare<MediaRow>('SELECT * FROM media WHERE id IN (SELECT value FROM json_each(:ids))')
    this.#withObject = database.prepare<{ id: string }>(
      'SELECT id FROM media WHERE sha256 = :sha256 AND deleted_at IS NULL ORDER BY created_at',
    )
    this.#deletedBefore = database.prepare<MediaRow>(
      'SELECT * FROM media WHERE deleted_at IS NOT NULL AND deleted_at < :before',
    )
  }

  /** @throws EngineError `not_found`; a deleted item counts as gone unless asked for. */
  get(id: string, { evenDeleted = false } = {}): MediaRow {
    const row = this.#find.get({ id })
    if (!row || (row.deleted_at !== null && !evenDeleted)) throw new EngineError('not_found', 'There is no such video.')
    return row
  }

  /** The ids of the items with these bytes that are not deleted, oldest first. */
  withObject(sha256: string): string[] {
    return this.#withObject.all({ sha256 }).map(({ id }) => id)
  }

  /** What is left out stays as it is. */
  update(id: string, { title, tags }: { title?: string | undefined; tags?: readonly string[] | undefined }): void {
    this.#update.run({ id, title: title ?? null, tags: tags === undefined ? null : JSON.stringify(tags) })
  }

  /** Part of the caller's transaction. */
  addCounts(id: string, { views = 0, likes = 0, shares = 0 }: MediaCounts): void {
    this.#addCounts.run({ id, views, likes, shares })
  }

  deletedBefore(before: number): MediaRow[] {
    return this.#deletedBefore.all({ before })
  }

  /** Those of these that are uploaded videos and not deleted, in this order. */
  videos(ids: readonly string[]): VideoRow[] {
    const byId = new Map(this.#among.all({ ids: JSON.stringify(ids) }).map((row) => [row.id, row]))
    return ids.flatMap((id) => {
      const row = byId.get(id)
      return row?.source === 'uploaded' && row.deleted_at === null ? row : []
    })
  }

  /** Newest first; those of one instant by their ids, so that pages never overlap. */
  published(filter: MediaFilter, offset: number, limit: number): { rows: MediaRow[]; total: number } {
    const { where, parameters } = conditions(filter)
    const reach = limit + AHEAD
    const ahead = this.#database
      .prepare<{ id: string }>(
        `SELECT id FROM media WHERE ${where} ORDER BY created_at DESC, id LIMIT :reach OFFSET :offset`,
      )
      .all({ ...parameters, offset, reach })
    const isEnd = ahead.length < reach && (ahead.length > 0 || offset === 0)
    const total = isEnd ? offset + ahead.length : this.#total(where, parameters)
    const ids = ahead.slice(0, limit).map(({ id }) => id)
    const byId = new Map(this.#among.all({ ids: JSON.stringify(ids) }).map((row) => [row.id, row]))
    return { rows: ids.flatMap((id) => byId.get(id) ?? []), total }
  }

  #total(where: string, parameters: SqlParameters): number {
    const counted = this.#database.prepare<{ total: number }>(`SELECT count(*) AS total FROM media WHERE ${where}`)
    return counted.get(parameters)?.total ?? 0
  }
}

/** What ffprobe said of the file. */
export function metadataOf({ metadata }: Pick<VideoRow, 'metadata'>): VideoMetadata {
  return readRow('video', () => VideoMetadata.parse(JSON.parse(metadata)))
}
