import type { Database } from '../../platform/database/index.ts'

export interface ImportRow {
  id: string
  path: string
  size_bytes: number
  modified_at: number
  content_type: string
  media_id: string | null
  status: 'waiting' | 'uploading' | 'checking' | 'completed' | 'failed' | 'cancelled'
  duplicate_of: string | null
  error_code: string | null
  error_message: string | null
  added_at: number
  finished_at: number | null
}

/** The `imports` table. */
export class ImportRows {
  readonly insert
  readonly setStatus
  readonly setMedia
  readonly finish
  readonly requeue
  readonly forget
  readonly requeueInterrupted
  readonly #get
  readonly #all
  readonly #next
  readonly #unfinished

  constructor(database: Database) {
    this.insert = database.prepare(
      `INSERT INTO imports (id, path, size_bytes, modified_at, content_type, status, added_at)
       VALUES (:id, :path, :sizeBytes, :modifiedAt, :contentType, 'waiting', :now)`,
    )
    this.setStatus = database.prepare('UPDATE imports SET status = :status WHERE id = :id')
    this.setMedia = database.prepare('UPDATE imports SET media_id = :mediaId WHERE id = :id')
    this.finish = database.prepare(
      `UPDATE imports SET status = :status, error_code = :errorCode, error_message = :errorMessage,
              duplicate_of = :duplicateOf, finished_at = :now
       WHERE id = :id`,
    )
    this.requeue = database.prepare(
      `UPDATE imports SET status = 'waiting', error_code = NULL, error_message = NULL, finished_at = NULL
       WHERE id = :id AND status = 'failed'`,
    )
    this.forget = database.prepare(
      `DELETE FROM imports WHERE status IN ('completed', 'failed', 'cancelled') AND (:id IS NULL OR id = :id)`,
    )
    this.requeueInterrupted = database.prepare(
      `UPDATE imports SET status = 'waiting' WHERE status IN ('uploading', 'checking')`,
    )
    this.#get = database.prepare<ImportRow>('SELECT * FROM imports WHERE id = :id')
    this.#all = database.prepare<ImportRow>('SELECT * FROM imports ORDER BY added_at, rowid')
    this.#unfinished = database.prepare<ImportRow>(
      `SELECT * FROM imports
       WHERE path = :path AND size_bytes = :sizeBytes AND modified_at = :modifiedAt AND finished_at IS NULL`,
    )
    this.#next = database.prepare<ImportRow>(
      `SELECT * FROM imports WHERE status = 'waiting' ORDER BY added_at, rowid LIMIT 1`,
    )
  }

  /** The import of that very file that has not ended, if there is one. */
  unfinishedOf(file: { path: string; sizeBytes: number; modifiedAt: number }): ImportRow | undefined {
    return this.#unfinished.get({ path: file.path, sizeBytes: file.sizeBytes, modifiedAt: file.modifiedAt })
  }

  get(id: string): ImportRow | undefined {
    return this.#get.get({ id })
  }

  all(): ImportRow[] {
    return this.#all.all()
  }

  next(): ImportRow | undefined {
    return this.#next.get()
  }
}
