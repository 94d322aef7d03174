import type { Database } from '../../platform/database/index.ts'

export interface ListedUpload {
  readonly mediaId: string
  readonly title: string
  readonly sizeBytes: number
  readonly partBytes: number
  readonly sha256: string | null
}

export interface ListedPart {
  readonly partNumber: number
  readonly sizeBytes: number
  /** As `kindOfChecksum` tells. */
  readonly checksum: string
}

/** An upload that took something so recently counts as running. */
const RECENT_MS = 5_000
const OPEN = `status NOT IN ('completed', 'aborted')`

/** What the rows say about unfinished uploads. Only reads, on any thread. */
export class UploadInventory {
  readonly #all
  readonly #get
  readonly #parts
  readonly #bytes
  readonly #isBusy

  constructor(database: Database) {
    const upload = `SELECT media_id AS mediaId, coalesce(title, filename) AS title, size_bytes AS sizeBytes,
                           part_bytes AS partBytes, sha256 FROM uploads WHERE ${OPEN}`
    this.#all = database.prepare<ListedUpload>(`${upload} ORDER BY media_id`)
    this.#get = database.prepare<ListedUpload>(`${upload} AND media_id = :id`)
    this.#parts = database.prepare<ListedPart>(
      `SELECT part_number AS partNumber, size_bytes AS sizeBytes, checksum FROM parts
        WHERE media_id = :id AND checksum IS NOT NULL AND stored_at IS NOT NULL ORDER BY part_number`,
    )
    this.#bytes = database.prepare<{ bytes: number }>(
      `SELECT coalesce(sum(parts.size_bytes), 0) AS bytes
         FROM parts JOIN uploads USING (media_id) WHERE uploads.${OPEN} AND checksum IS NOT NULL`,
    )
    this.#isBusy = database.prepare(`SELECT 1 FROM uploads WHERE status = 'uploading' AND updated_at > :since LIMIT 1`)
  }

  all(): ListedUpload[] {
    return this.#all.all()
  }

  get(id: string): ListedUpload | null {
    return this.#get.get({ id }) ?? null
  }

  /** The parts of an upload that were received. */
  parts(id: string): ListedPart[] {
    return this.#parts.all({ id })
  }

  /** Bytes that were received of all of them. */
  bytes(): number {
    return this.#bytes.get()?.bytes ?? 0
  }

  /** Whether one is receiving. */
  isBusy(now = Date.now()): boolean {
    return this.#isBusy.get({ since: now - RECENT_MS }) !== undefined
  }
}
