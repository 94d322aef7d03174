import type { Database } from '../../platform/database/index.ts'

const UNREFERENCED = 'NOT EXISTS (SELECT 1 FROM object_refs WHERE object_refs.sha256 = objects.sha256)'

/** The tables `objects` and `released_objects`. */
export class ObjectRows {
  readonly insert
  /** Deletes the row of an object that nothing refers to. */
  readonly delete
  readonly setVerified
  readonly release
  /** Takes back a release. */
  readonly keep
  readonly #find
  readonly #among
  readonly #used
  readonly #unreferenced
  readonly #released
  readonly #all
  readonly #ofSize

  constructor(database: Database) {
    this.insert = database.prepare(
      `INSERT INTO objects (sha256, size_bytes, created_at, verified_at) VALUES (:sha256, :sizeBytes, :now, :now)
       ON CONFLICT (sha256) DO UPDATE SET size_bytes = excluded.size_bytes, verified_at = excluded.verified_at`,
    )
    this.delete = database.prepare(`DELETE FROM objects WHERE sha256 = :sha256 AND ${UNREFERENCED}`)
    this.setVerified = database.prepare('UPDATE objects SET verified_at = :now WHERE sha256 = :sha256')
    this.release = database.prepare(
      'INSERT OR REPLACE INTO released_objects (sha256, released_at) VALUES (:sha256, :now)',
    )
    this.keep = database.prepare('DELETE FROM released_objects WHERE sha256 = :sha256')
    this.#find = database.prepare<{ unreferenced: number }>(
      `SELECT ${UNREFERENCED} AS unreferenced FROM objects WHERE sha256 = :sha256`,
    )
    this.#among = database.prepare<{ sha256: string }>(
      'SELECT sha256 FROM objects WHERE sha256 IN (SELECT value FROM json_each(:names))',
    )
    this.#used = database.prepare<{ bytes: number }>('SELECT coalesce(sum(size_bytes), 0) AS bytes FROM objects')
    this.#unreferenced = database.prepare<{ sha256: string; size_bytes: number }>(
      `SELECT sha256, size_bytes FROM objects WHERE ${UNREFERENCED}`,
    )
    this.#released = database.prepare<{ sha256: string; released_at: number }>('SELECT * FROM released_objects')
    this.#ofSize = database.prepare<{ sha256: string }>('SELECT sha256 FROM objects WHERE size_bytes = :sizeBytes')
    this.#all = database.prepare<{ sha256: string; size_bytes: number }>(
      'SELECT sha256, size_bytes FROM objects ORDER BY sha256',
    )
  }

  ofSize(sizeBytes: number): string[] {
    return this.#ofSize.all({ sizeBytes }).map(({ sha256 }) => sha256)
  }

  all(): Array<{ sha256: string; size_bytes: number }> {
    return this.#all.all()
  }

  has(sha256: string): boolean {
    return this.#find.get({ sha256 }) !== undefined
  }

  /** Whether it has a row, and something refers to that. */
  isReferenced(sha256: string): boolean {
    return this.#find.get({ sha256 })?.unreferenced === 0
  }

  /** Those of the names that have a row. */
  among(names: readonly string[]): Set<string> {
    return new Set(this.#among.all({ names: JSON.stringify(names) }).map(({ sha256 }) => sha256))
  }

  usedBytes(): number {
    return this.#used.get()?.bytes ?? 0
  }

  /** Rows that nothing refers to. */
  unreferenced(): Array<{ sha256: string; size_bytes: number }> {
    return this.#unreferenced.all()
  }

  /** Objects whose file is still to be deleted, with the instant of their release. */
  released(): Array<{ sha256: string; released_at: number }> {
    return this.#released.all()
  }
}
