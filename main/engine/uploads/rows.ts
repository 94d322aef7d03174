import type { Priority, UploadStatus } from '../../contract/index.ts'
import type { Database, Statement } from '../../platform/database/index.ts'

export interface UploadRow {
  media_id: string
  upload_id: string
  owner_id: string
  filename: string
  content_type: string
  size_bytes: number
  part_bytes: number
  total_parts: number
  title: string | null
  tags: string
  custom: string
  status: UploadStatus
  sha256: string | null
  error_message: string | null
  analysis_job_id: string | null
  deduplicated: number
  /** The batch it was begun in, and what that asked for. */
  batch_id: string | null
  auto_process: number
  priority: Priority
  created_at: number
  updated_at: number
  expires_at: number
}

export interface PartRow {
  media_id: string
  part_number: number
  size_bytes: number
  md5: string | null
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

/** The `uploads` and `parts` tables. "counters are COUNT/SUM over rows in one transaction, never increments". */
export class UploadRows {
  readonly insert
  readonly insertPart
  readonly setStatus
  readonly setSha256
  readonly complete
  readonly touch
  readonly clearPart
  readonly voidPart
  readonly storePart
  readonly confirmPart
  readonly failPart
  readonly countRetry
  readonly deleteParts
  readonly forgetParts
  readonly #upload
  readonly #part
  readonly #parts
  readonly #counts: Statement<PartCounts>
  readonly #failed: Statement<{ part_number: number }>
  readonly #missing: Statement<{ part_number: number }>
  readonly #reserved: Statement<{ bytes: number }>
  readonly #unfinished: Statement<UploadRow>
  readonly #ownerName: Statement<{ name: string }>
  readonly #uploadId

  constructor(database: Database) {
    this.insert = database.prepare(
      `INSERT INTO uploads (media_id, upload_id, owner_id, filename, content_type, size_bytes, part_bytes, total_parts,
                            title, tags, custom, batch_id, auto_process, priority, status, created_at, updated_at,
                            expires_at)
       VALUES (:mediaId, :uploadId, :ownerId, :filename, :contentType, :sizeBytes, :partBytes, :totalParts,
               :title, :tags, :custom, :batchId, :autoProcess, :priority, 'uploading', :now, :now, :expiresAt)`,
    )
    this.insertPart = database.prepare(
      'INSERT INTO parts (media_id, part_number, size_bytes) VALUES (:mediaId, :partNumber, :sizeBytes)',
    )
    this.setStatus = database.prepare(
      `UPDATE uploads SET status = :status, error_message = :errorMessage, updated_at = :now WHERE media_id = :mediaId`,
    )
    this.setSha256 = database.prepare('UPDATE uploads SET sha256 = :sha256 WHERE media_id = :mediaId')
    this.complete = database.prepare(
      `UPDATE uploads SET status = 'completed', error_message = NULL, analysis_job_id = :analysisJobId,
              deduplicated = :deduplicated, updated_at = :now
       WHERE media_id = :mediaId`,
    )
    this.touch = database.prepare('UPDATE uploads SET updated_at = :now WHERE media_id = :mediaId')
    this.clearPart = database.prepare(
      `UPDATE parts SET md5 = NULL, stored_at = NULL
       WHERE media_id = :mediaId AND part_number = :partNumber AND confirmed_at IS NULL`,
    )
    this.voidPart = database.prepare(
      `UPDATE parts SET md5 = NULL, stored_at = NULL, confirmed_at = NULL, failed = 1
       WHERE media_id = :mediaId AND part_number = :partNumber`,
    )
    this.storePart = database.prepare(
      `UPDATE parts SET md5 = :md5, stored_at = :now, failed = 0
       WHERE media_id = :mediaId AND part_number = :partNumber AND confirmed_at IS NULL`,
    )
    this.confirmPart = database.prepare(
      `UPDATE parts SET confirmed_at = :now, failed = 0
       WHERE media_id = :mediaId AND part_number = :partNumber AND confirmed_at IS NULL`,
    )
    this.failPart = database.prepare(
      `UPDATE parts SET failed = 1 WHERE media_id = :mediaId AND part_number = :partNumber AND confirmed_at IS NULL`,
    )
    this.countRetry = database.prepare(
      `UPDATE parts SET retry_attempt = retry_attempt + 1, failed = 1
       WHERE media_id = :mediaId AND part_number = :partNumber`,
    )
    this.deleteParts = database.prepare('DELETE FROM parts WHERE media_id = :mediaId')
    // Kept for a while so that a late repeat of a confirmation is answered.
    this.forgetParts = database.prepare(
      `DELETE FROM parts WHERE media_id IN (SELECT media_id FROM uploads WHERE status = 'completed' AND expires_at < :now)`,
    )
    this.#upload = database.prepare<UploadRow>('SELECT * FROM uploads WHERE media_id = :mediaId')
    this.#part = database.prepare<PartRow>(
      'SELECT * FROM parts WHERE media_id = :mediaId AND part_number = :partNumber',
    )
    this.#parts = database.prepare<PartRow>('SELECT * FROM parts WHERE media_id = :mediaId ORDER BY part_number')
    this.#counts = database.prepare(
      `SELECT count(confirmed_at) AS completed,
              coalesce(sum(iif(confirmed_at IS NULL, 0, size_bytes)), 0) AS bytes,
              min(iif(confirmed_at IS NULL, part_number, NULL)) AS current
       FROM parts WHERE media_id = :mediaId`,
    )
    this.#failed = database.prepare(
      'SELECT part_number FROM parts WHERE media_id = :mediaId AND failed = 1 ORDER BY part_number',
    )
    this.#missing = database.prepare(
      'SELECT part_number FROM parts WHERE media_id = :mediaId AND confirmed_at IS NULL ORDER BY part_number LIMIT 1000',
    )
    this.#reserved = database.prepare(
      `SELECT coalesce((SELECT sum(size_bytes) FROM uploads WHERE status IN ('uploading', 'processing')), 0)
            - coalesce((SELECT sum(parts.size_bytes) FROM parts JOIN uploads USING (media_id)
                        WHERE uploads.status IN ('uploading', 'processing') AND parts.stored_at IS NOT NULL), 0) AS bytes`,
    )
    this.#unfinished = database.prepare(`SELECT * FROM uploads WHERE status <> 'completed' AND status <> 'aborted'`)
    this.#ownerName = database.prepare('SELECT name FROM users WHERE id = :id')
    this.#uploadId = database.prepare('SELECT 1 FROM uploads WHERE upload_id = :uploadId')
  }

  upload(mediaId: string): UploadRow | undefined {
    return this.#upload.get({ mediaId })
  }

  hasUploadId(uploadId: string): boolean {
    return this.#uploadId.get({ uploadId }) !== undefined
  }

  ownerName(id: string): string {
    return this.#ownerName.get({ id })?.name ?? 'owner'
  }

  part(mediaId: string, partNumber: number): PartRow | undefined {
    return this.#part.get({ mediaId, partNumber })
  }

  parts(mediaId: string): PartRow[] {
    return this.#parts.all({ mediaId })
  }

  /** Confirmed parts, their bytes, and the lowest part not confirmed. */
  counts(mediaId: string): PartCounts {
    return this.#counts.get({ mediaId }) ?? { completed: 0, bytes: 0, current: null }
  }

  failedParts(mediaId: string): number[] {
    return this.#failed.all({ mediaId }).map((row) => row.part_number)
  }

  /** The first 1,000 parts that are not confirmed. */
  missingParts(mediaId: string): number[] {
    return this.#missing.all({ mediaId }).map((row) => row.part_number)
  }

  /** Bytes that running uploads still have to write. */
  reservedBytes(): number {
    return this.#reserved.get()?.bytes ?? 0
  }

  /** Uploads that are neither complete nor given up. */
  unfinished(): UploadRow[] {
    return this.#unfinished.all()
  }
}
