import type { AnnotationType } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'

export interface AnnotationRow {
  id: string
  video_id: string
  author_id: string
  timestamp: number
  title: string
  description: string | null
  type: AnnotationType
  url: string | null
  drawings: string
  created_at: number
  updated_at: number
  deleted_at: number | null
}

/** The `annotations` table. A deleted annotation keeps its row until its time to be restored is over. */
export class AnnotationRows {
  readonly insert
  readonly update
  readonly setDeleted
  readonly purge
  readonly removeOf
  readonly #get
  readonly #list
  readonly #countOf
  readonly #countAll
  readonly #title

  constructor(database: Database) {
    this.insert = database.prepare(
      `INSERT INTO annotations (id, video_id, author_id, timestamp, title, description, type, url, drawings,
                                created_at, updated_at)
       VALUES (:id, :videoId, :authorId, :timestamp, :title, :description, :type, :url, :drawings, :now, :now)`,
    )
    this.update = database.prepare(
      `UPDATE annotations SET timestamp = :timestamp, title = :title, description = :description, type = :type,
              url = :url, drawings = :drawings, updated_at = :now
        WHERE id = :id`,
    )
    this.setDeleted = database.prepare('UPDATE annotations SET deleted_at = :deletedAt WHERE id = :id')
    this.purge = database.prepare('DELETE FROM annotations WHERE deleted_at < :before')
    this.removeOf = database.prepare('DELETE FROM annotations WHERE video_id = :videoId')
    this.#get = database.prepare<AnnotationRow>(
      'SELECT * FROM annotations WHERE id = :id AND video_id = :videoId AND (deleted_at IS NOT NULL) = :deleted',
    )
    this.#list = database.prepare<AnnotationRow>(
      `SELECT * FROM annotations WHERE video_id = :videoId AND deleted_at IS NULL AND (:type IS NULL OR type = :type)
        ORDER BY timestamp, created_at, rowid`,
    )
    this.#countOf = database.prepare<{ count: number }>(
      'SELECT count(*) AS count FROM annotations WHERE video_id = :videoId AND deleted_at IS NULL',
    )
    this.#countAll = database.prepare<{ count: number }>(
      'SELECT count(*) AS count FROM annotations WHERE deleted_at IS NULL',
    )
    this.#title = database.prepare<{ title: string }>('SELECT title FROM annotations WHERE id = :id')
  }

  /** What it is called, also one that was deleted lately. */
  title(id: string): string | null {
    return this.#title.get({ id })?.title ?? null
  }

  /** One that is there, or that is deleted and not yet removed. */
  get(videoId: string, id: string, { deleted = false } = {}): AnnotationRow | null {
    return this.#get.get({ videoId, id, deleted: deleted ? 1 : 0 }) ?? null
  }

  /** In the order of LI-53. */
  list(videoId: string, type: AnnotationType | null): AnnotationRow[] {
    return this.#list.all({ videoId, type })
  }

  countOf(videoId: string): number {
    return this.#countOf.get({ videoId })?.count ?? 0
  }

  /** Those of hidden videos too. */
  countAll(): number {
    return this.#countAll.get()?.count ?? 0
  }
}
