import type { ContentType } from '../../contract/index.ts'
import type { Database, Statement } from '../../platform/database/index.ts'
import type { ImportSource } from './import-source.ts'

export interface ImportRow {
  id: string
  path: string
  size_bytes: number
  modified_at: number
  content_type: ContentType
  media_id: string | null
  status: 'waiting' | 'paused' | 'completed' | 'failed' | 'cancelled'
  position: number
  keep_truncated: number
  watched_id: string | null
  duplicate_of: string | null
  error_code: string | null
  error_message: string | null
  added_at: number
  finished_at: number | null
}

/** Two positions closer than this may have no REAL number between them. */
const MIN_GAP = 1e-6

/** The `imports` table. Which of the waiting ones run is known to their process only. */
export class ImportRows {
  readonly setMedia
  readonly renew
  readonly finish
  readonly requeue
  readonly pause
  readonly resume
  readonly forget
  readonly #database: Database
  readonly #insert
  readonly #get
  readonly #all
  readonly #waiting
  readonly #unfinished
  readonly #abandoned
  readonly #uses
  readonly #neighbours: Statement<{ before: number | null; last: number | null }>
  readonly #place
  readonly #renumber

  constructor(database: Database) {
    this.#database = database
    this.#insert = database.prepare(
      `INSERT INTO imports (id, path, size_bytes, modified_at, content_type, status, position, watched_id, added_at)
       VALUES (:id, :path, :sizeBytes, :modifiedAt, :contentType, 'waiting',
               (SELECT coalesce(max(position), 0) + 1 FROM imports), :watchedId, :now)`,
    )
    this.setMedia = database.prepare('UPDATE imports SET media_id = :mediaId WHERE id = :id')
    this.renew = database.prepare(
      'UPDATE imports SET media_id = NULL, size_bytes = :sizeBytes, modified_at = :modifiedAt WHERE id = :id',
    )
    this.finish = database.prepare(
      `UPDATE imports SET status = :status, error_code = :errorCode, error_message = :errorMessage,
              duplicate_of = :duplicateOf, finished_at = :now
       WHERE id = :id`,
    )
    this.requeue = database.prepare(
      `UPDATE imports SET status = 'waiting', error_code = NULL, error_message = NULL, finished_at = NULL,
              keep_truncated = max(keep_truncated, :keepTruncated)
       WHERE id = :id AND status = 'failed'`,
    )
    this.pause = database.prepare(
      `UPDATE imports SET status = 'paused' WHERE status = 'waiting' AND (:id IS NULL OR id = :id)`,
    )
    this.resume = database.prepare(
      `UPDATE imports SET status = 'waiting' WHERE status = 'paused' AND (:id IS NULL OR id = :id)`,
    )
    this.forget = database.prepare('DELETE FROM imports WHERE id = :id AND finished_at IS NOT NULL')
    this.#get = database.prepare<ImportRow>('SELECT * FROM imports WHERE id = :id')
    this.#all = database.prepare<ImportRow>('SELECT * FROM imports ORDER BY position')
    this.#unfinished = database.prepare<ImportRow>(
      `SELECT * FROM imports
       WHERE path = :path AND size_bytes = :sizeBytes AND modified_at = :modifiedAt AND finished_at IS NULL`,
    )
    this.#waiting = database.prepare<{ id: string; path: string }>(
      `SELECT id, path FROM imports WHERE status = 'waiting' ORDER BY position`,
    )
    this.#abandoned = database.prepare<ImportRow>(
      `SELECT imports.* FROM imports JOIN uploads USING (media_id)
       WHERE imports.status = 'cancelled' AND uploads.status IN ('uploading', 'failed')`,
    )
    this.#uses = database.prepare('SELECT 1 FROM imports WHERE media_id = :mediaId AND finished_at IS NULL')
    this.#neighbours = database.prepare(
      `SELECT (SELECT max(position) FROM imports WHERE position < :position AND id <> :id) AS before,
              (SELECT max(position) FROM imports) AS last`,
    )
    this.#place = database.prepare('UPDATE imports SET position = :position WHERE id = :id')
    this.#renumber = database.prepare(
      `UPDATE imports SET position = places.place
       FROM (SELECT id, row_number() OVER (ORDER BY position) AS place FROM imports) AS places
       WHERE places.id = imports.id`,
    )
  }

  /** Puts a file at the end of the queue. */
  insert(id: string, source: ImportSource, watchedId: string | null, now: number): void {
    const { path, sizeBytes, modifiedAt, contentType } = source
    this.#insert.run({ id, path, sizeBytes, modifiedAt, contentType, watchedId, now })
  }

  /** Moves one before another; to the end when there is no other. */
  move(id: string, other: ImportRow | null): void {
    this.#database.transaction(() => {
      const { before, last } = this.#neighbours.get({ id, position: other?.position ?? 0 }) ?? { before: 0, last: 0 }
      const next = other?.position ?? (last ?? 0) + 2
      const from = other ? (before ?? next - 2) : next - 2
      this.#place.run({ id, position: (from + next) / 2 })
      if (next - from < MIN_GAP) this.#renumber.run()
    })
  }

  /** The import of that very file that has not ended, if there is one. */
  unfinishedOf({ path, sizeBytes, modifiedAt }: ImportSource): ImportRow | undefined {
    return this.#unfinished.get({ path, sizeBytes, modifiedAt })
  }

  /** Whether an import that has not ended fills this upload. */
  uses(mediaId: string): boolean {
    return this.#uses.get({ mediaId }) !== undefined
  }

  get(id: string): ImportRow | undefined {
    return this.#get.get({ id })
  }

  /** In the order in which they are taken. */
  all(): ImportRow[] {
    return this.#all.all()
  }

  waiting(): Array<{ id: string; path: string }> {
    return this.#waiting.all()
  }

  /** Cancelled ones whose upload a crash left behind. */
  abandoned(): ImportRow[] {
    return this.#abandoned.all()
  }
}
