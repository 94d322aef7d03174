import type { Database, Statement } from '../../platform/database/index.ts'

export interface PartRow {
  media_id: string
  part_number: number
  size_bytes: number
  /** md5 of a part that was sent, its ETag; crc32 of one copied from this machine. In hex. */
  checksum: string | null
  stored_at: number | null
  confirmed_at: number | null
  retry_attempt: number
  failed: number
}

export interface PartCounts {
  completed: number
  bytes: number
  current: number | null
}

/** The `parts` table. Its counters are COUNT and SUM over rows (UP-57). */
export class PartRows {
  readonly insert
  readonly clear
  readonly void
  readonly store
  readonly confirm
  readonly fail
  readonly countRetry
  readonly deleteAll
  readonly deleteOld
  readonly #get
  readonly #list
  readonly #counts: Statement<PartCounts>
  readonly #failed: Statement<{ part_number: number }>
  readonly #stored
  readonly #missing: Statement<{ part_number: number }>

  constructor(database: Database) {
    this.insert = database.prepare(
      'INSERT INTO parts (media_id, part_number, size_bytes) VALUES (:mediaId, :partNumber, :sizeBytes)',
    )
    this.clear = database.prepare(
      `UPDATE parts SET checksum = NULL, stored_at = NULL
       WHERE media_id = :mediaId AND part_number = :partNumber AND confirmed_at IS NULL`,
    )
    this.void = database.prepare(
      `UPDATE parts SET checksum = NULL, stored_at = NULL, confirmed_at = NULL, failed = 1
       WHERE media_id = :mediaId AND part_number = :partNumber`,
    )
    this.store = database.prepare(
      `UPDATE parts SET checksum = :checksum, stored_at = :now, failed = 0
       WHERE media_id = :mediaId AND part_number = :partNumber AND confirmed_at IS NULL`,
    )
    this.confirm = database.prepare(
      `UPDATE parts SET confirmed_at = :now, failed = 0
       WHERE media_id = :mediaId AND part_number = :partNumber AND confirmed_at IS NULL`,
    )
    this.fail = database.prepare(
      `UPDATE parts SET failed = 1 WHERE media_id = :mediaId AND part_number = :partNumber AND confirmed_at IS NULL`,
    )
    this.countRetry = database.prepare(
      `UPDATE parts SET retry_attempt = retry_attempt + 1, failed = 1
       WHERE media_id = :mediaId AND part_number = :partNumber`,
    )
    this.deleteAll = database.prepare('DELETE FROM parts WHERE media_id = :mediaId')
    // Kept for a while so that a late repeat of a confirmation is answered.
    this.deleteOld = database.prepare(
      `DELETE FROM parts WHERE media_id IN (SELECT media_id FROM uploads WHERE status = 'completed' AND expires_at < :now)`,
    )
    this.#get = database.prepare<PartRow>('SELECT * FROM parts WHERE media_id = :mediaId AND part_number = :partNumber')
    this.#list = database.prepare<PartRow>('SELECT * FROM parts WHERE media_id = :mediaId ORDER BY part_number')
    this.#counts = database.prepare(
      `SELECT count(confirmed_at) AS completed,
              coalesce(sum(iif(confirmed_at IS NULL, 0, size_bytes)), 0) AS bytes,
              min(iif(confirmed_at IS NULL, part_number, NULL)) AS current
       FROM parts WHERE media_id = :mediaId`,
    )
    this.#failed = database.prepare(
      'SELECT part_number FROM parts WHERE media_id = :mediaId AND failed = 1 ORDER BY part_number',
    )
    this.#stored = database.prepare('SELECT 1 FROM parts WHERE media_id = :mediaId AND stored_at IS NOT NULL LIMIT 1')
    this.#missing = database.prepare(
      'SELECT part_number FROM parts WHERE media_id = :mediaId AND confirmed_at IS NULL ORDER BY part_number LIMIT 1000',
    )
  }

  /** Whether any part of an upload is stored. */
  hasStored(mediaId: string): boolean {
    return this.#stored.get({ mediaId }) !== undefined
  }

  get(mediaId: string, partNumber: number): PartRow | undefined {
    return this.#get.get({ mediaId, partNumber })
  }

  list(mediaId: string): PartRow[] {
    return this.#list.all({ mediaId })
  }

  /** Confirmed parts, their bytes, and the lowest part not confirmed. */
  counts(mediaId: string): PartCounts {
    return this.#counts.get({ mediaId }) ?? { completed: 0, bytes: 0, current: null }
  }

  failed(mediaId: string): number[] {
    return this.#failed.all({ mediaId }).map((row) => row.part_number)
  }

  /** The first 1,000 parts that are not confirmed. */
  missing(mediaId: string): number[] {
    return this.#missing.all({ mediaId }).map((row) => row.part_number)
  }
}

/** The parameters that name a part. */
export function keyOf(part: PartRow): { mediaId: string; partNumber: number } {
  return { mediaId: part.media_id, partNumber: part.part_number }
}
