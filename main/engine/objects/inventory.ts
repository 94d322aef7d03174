import { type Database, inPages } from '../../platform/database/index.ts'

export interface ListedObject {
  readonly sha256: string
  readonly sizeBytes: number
}

/** What was recorded of a file that was made from a video or a task. */
export interface ListedChecksum {
  readonly name: string
  readonly sizeBytes: number
  readonly sha256: string
}

/** What the rows say about objects and about files that were made. Only reads, on any thread. */
export class ObjectInventory {
  readonly #page
  readonly #get
  readonly #checksums
  readonly #stale
  readonly #bytes

  constructor(database: Database) {
    const object = 'SELECT sha256, size_bytes AS sizeBytes FROM objects'
    this.#page = database.prepare<ListedObject>(`${object} WHERE sha256 > :after ORDER BY sha256 LIMIT :limit`)
    this.#get = database.prepare<ListedObject>(`${object} WHERE sha256 = :sha256`)
    this.#checksums = database.prepare<ListedChecksum>(
      `SELECT name, size_bytes AS sizeBytes, lower(hex(sha256)) AS sha256
         FROM checksums WHERE owner_id = :ownerId ORDER BY name`,
    )
    this.#stale = database.prepare('SELECT 1 FROM stale_sidecars WHERE sha256 = :sha256')
    this.#bytes = database.prepare<{ bytes: number }>(
      `SELECT (SELECT coalesce(sum(size_bytes), 0) FROM objects WHERE sha256 > :after)
            + (SELECT coalesce(sum(size_bytes), 0) FROM checksums) AS bytes`,
    )
  }

  /** In order of their names. */
  all(after = ''): Generator<ListedObject> {
    return inPages(this.#page, ({ sha256 }) => sha256, after)
  }

  get(sha256: string): ListedObject | null {
    return this.#get.get({ sha256 }) ?? null
  }

  /** Of the files that were made from a video or a task, by their names. */
  checksums(ownerId: string): Map<string, ListedChecksum> {
    return new Map(this.#checksums.all({ ownerId }).map((row) => [row.name, row]))
  }

  /** Whether the sidecar of an object is about to be written again. */
  isSidecarStale(sha256: string): boolean {
    return this.#stale.get({ sha256 }) !== undefined
  }

  /** Bytes of all objects after that one and of all files that were made. */
  bytes(after: string): number {
    return this.#bytes.get({ after })?.bytes ?? 0
  }
}

/** Notes in a copy of a library that sidecars are to be written again; part of the caller's transaction. */
export function markSidecarsStale(copy: Database, hashes: readonly string[]): void {
  const mark = copy.prepare('INSERT OR IGNORE INTO stale_sidecars (sha256) VALUES (:sha256)')
  for (const sha256 of hashes) mark.run({ sha256 })
}
