import type { Database } from '../../platform/database/index.ts'
import type { ImportSource } from './import-source.ts'

export interface WatchedRow {
  id: string
  path: string
  added_at: number
  imported: number
}

const FOLDERS = `
  SELECT watched_folders.*,
         (SELECT count(*) FROM watched_files WHERE folder = watched_folders.path) AS imported
  FROM watched_folders`

/** The `watched_folders` and `watched_files` tables. */
export class WatchedRows {
  readonly insert
  readonly remove
  readonly #remember
  readonly #all
  readonly #get
  readonly #byPath
  readonly #files

  constructor(database: Database) {
    this.insert = database.prepare('INSERT INTO watched_folders (id, path, added_at) VALUES (:id, :path, :now)')
    this.remove = database.prepare('DELETE FROM watched_folders WHERE id = :id')
    this.#remember = database.prepare(
      `INSERT INTO watched_files (folder, path, size_bytes, modified_at)
       VALUES (:folder, :path, :sizeBytes, :modifiedAt)
       ON CONFLICT (folder, path) DO UPDATE
         SET size_bytes = excluded.size_bytes, modified_at = excluded.modified_at`,
    )
    this.#all = database.prepare<WatchedRow>(`${FOLDERS} ORDER BY added_at, id`)
    this.#get = database.prepare<WatchedRow>(`${FOLDERS} WHERE id = :id`)
    this.#byPath = database.prepare<WatchedRow>(`${FOLDERS} WHERE path = :path`)
    this.#files = database.prepare<{ path: string; size_bytes: number; modified_at: number }>(
      'SELECT path, size_bytes, modified_at FROM watched_files WHERE folder = :folder',
    )
  }

  /** Records that this file was imported from the folder, so that it is not imported again. */
  remember(folder: string, { path, sizeBytes, modifiedAt }: ImportSource): void {
    this.#remember.run({ folder, path, sizeBytes, modifiedAt })
  }

  /** What was imported from a folder, by path: size and time of the file then. */
  files(folder: string): Map<string, { sizeBytes: number; modifiedAt: number }> {
    const rows = this.#files.all({ folder })
    return new Map(rows.map((row) => [row.path, { sizeBytes: row.size_bytes, modifiedAt: row.modified_at }]))
  }

  all(): WatchedRow[] {
    return this.#all.all()
  }

  get(id: string): WatchedRow | undefined {
    return this.#get.get({ id })
  }

  byPath(path: string): WatchedRow | undefined {
    return this.#byPath.get({ path })
  }
}
