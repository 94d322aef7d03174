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

/** The `uploads` table. */
export class UploadRows {
  readonly insert
  readonly setStatus
  readonly setSha256
  readonly complete
  readonly touch
  readonly #get
  readonly #reserved: Statement<{ bytes: number }>
  readonly #unfinished: Statement<UploadRow>
  readonly #uploadId

  constructor(database: Database) {
    this.insert = database.prepare(
      `INSERT INTO uploads (media_id, upload_id, owner_id, filename, content_type, size_bytes, part_bytes, total_parts,
                            title, tags, custom, batch_id, auto_process, priority, status, created_at, updated_at,
                            expires_at)
       VALUES (:mediaId, :uploadId, :ownerId, :filename, :contentType, :sizeBytes, :partBytes, :totalParts,
               :title, :tags, :custom, :batchId, :autoProcess, :priority, 'uploading', :now, :now, :expiresAt)`,
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
    this.#get = database.prepare<UploadRow>('SELECT * FROM uploads WHERE media_id = :mediaId')
    this.#reserved = database.prepare(
      `SELECT coalesce((SELECT sum(size_bytes) FROM uploads WHERE status IN ('uploading', 'processing')), 0)
            - coalesce((SELECT sum(parts.size_bytes) FROM parts JOIN uploads USING (media_id)
                        WHERE uploads.status IN ('uploading', 'processing') AND parts.stored_at IS NOT NULL), 0) AS bytes`,
    )
    this.#unfinished = database.prepare(`SELECT * FROM uploads WHERE status <> 'completed' AND status <> 'aborted'`)
    this.#uploadId = database.prepare('SELECT 1 FROM uploads WHERE upload_id = :uploadId')
  }

  get(mediaId: string): UploadRow | undefined {
    return this.#get.get({ mediaId })
  }

  hasUploadId(uploadId: string): boolean {
    return this.#uploadId.get({ uploadId }) !== undefined
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
