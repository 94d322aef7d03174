import path from 'node:path'
import { toInstant } from '../../base/clock.ts'
import { KeyedMutex } from '../../base/mutex.ts'
import {
  CONCURRENT_PARTS,
  EngineError,
  MAX_PART_RETRIES,
  type UploadPart,
  type UploadPlan,
} from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { type DataFolder, sizeOf } from '../../platform/files/index.ts'
import type { Identity } from '../identity/index.ts'
import type { Quarantine } from '../objects/index.ts'
import { FreeSpace } from './free-space.ts'
import { PartRows, type PartRow } from './part-rows.ts'
import type { PartTokens } from './token.ts'
import { UploadCreation, type NewUpload } from './upload-creation.ts'
import { UploadFolders } from './upload-folders.ts'
import { UploadRows, type UploadRow } from './upload-rows.ts'
import type { UploadSidecar } from './upload-sidecar.ts'

export interface StoredUploadPart {
  readonly partNumber: number
  readonly sizeBytes: number
  /** Its checksum, in hex. */
  readonly etag: string
  readonly confirmed: boolean
}

export interface UploadSessionsOptions {
  readonly database: Database
  readonly folder: DataFolder
  readonly identity: Identity
  readonly tokens: PartTokens
  readonly quarantine: Quarantine
}

/** The state of chunked uploads: which parts are stored, what is still to be sent, and where the bytes are. */
export class UploadSessions {
  readonly rows: UploadRows
  readonly partRows: PartRows
  readonly folders: UploadFolders
  readonly space: FreeSpace
  readonly #options: UploadSessionsOptions
  readonly #creation: UploadCreation
  /** Two parts that find the file gone lay it out once. */
  readonly #mutex = new KeyedMutex()

  constructor(options: UploadSessionsOptions) {
    this.#options = options
    this.rows = new UploadRows(options.database)
    this.partRows = new PartRows(options.database)
    this.folders = new UploadFolders(options.folder, this.rows, options.quarantine)
    this.space = new FreeSpace(options.folder.root, this.rows, this.partRows)
    const { rows, partRows: parts, folders, space } = this
    this.#creation = new UploadCreation({ ...options, rows, parts, folders, space })
  }

  /** As `initiateAll`, for one upload. */
  async initiate(upload: NewUpload, onCreated: (mediaId: string) => void = () => undefined): Promise<UploadPlan> {
    const [mediaId = ''] = await this.#creation.create([upload], onCreated)
    return this.plan(this.get(mediaId))
  }

  /** As `UploadCreation.create`. @returns their plans in the same order. */
  async initiateAll(uploads: readonly NewUpload[]): Promise<UploadPlan[]> {
    return (await this.#creation.create(uploads, () => undefined)).map((mediaId) => this.plan(this.get(mediaId)))
  }

  /** As `UploadCreation.recreate`. */
  reopen(sidecar: UploadSidecar, ownerId: string, stored: ReadonlyMap<number, string>): void {
    this.#creation.recreate(sidecar, ownerId, stored)
  }

  /** @throws EngineError `not_found` when there is no such upload, or the two ids do not belong together. */
  get(mediaId: string, uploadId?: string): UploadRow {
    const row = this.rows.get(mediaId)
    if (!row || (uploadId !== undefined && row.upload_id !== uploadId)) {
      throw new EngineError('not_found', 'There is no such upload.')
    }
    return row
  }

  /** @throws EngineError `not_found`, or `invalid_input` when the upload has no such part. */
  part(upload: UploadRow, partNumber: number): PartRow {
    const part = this.partRows.get(upload.media_id, partNumber)
    if (part) return part
    throw new EngineError('invalid_input', `This upload has chunks 1 to ${upload.total_parts}.`, {
      expected: { chunk_number: `1..${upload.total_parts}` },
      actual: { chunk_number: partNumber },
    })
  }

  /** What is still to be sent, with fresh URLs. */
  plan(upload: UploadRow): UploadPlan {
    const missing = this.partRows.list(upload.media_id).filter((part) => part.stored_at === null)
    return {
      mediaId: upload.media_id,
      uploadId: upload.upload_id,
      totalParts: upload.total_parts,
      partSizeBytes: upload.part_bytes,
      storagePath: `videos/${upload.media_id}${path.extname(upload.filename).toLowerCase()}`,
      parts: missing.map((part) => this.grant(upload, part)),
      expiresAt: toInstant(upload.expires_at),
      concurrentUploadLimit: CONCURRENT_PARTS,
      retryAttempts: MAX_PART_RETRIES,
    }
  }

  /** What has arrived, confirmed or not, in order. */
  storedParts(upload: UploadRow): StoredUploadPart[] {
    return this.partRows.list(upload.media_id).flatMap((part) => {
      if (part.checksum === null || part.stored_at === null) return []
      const { part_number: partNumber, size_bytes: sizeBytes, checksum: etag } = part
      return [{ partNumber, sizeBytes, etag, confirmed: part.confirmed_at !== null }]
    })
  }

  /** A signed right to store one part. */
  grant(upload: UploadRow, part: PartRow): UploadPart {
    const granted = {
      mediaId: upload.media_id,
      uploadId: upload.upload_id,
      partNumber: part.part_number,
      sizeBytes: part.size_bytes,
      retryAttempt: part.retry_attempt,
    }
    const { token, expiresAt } = this.#options.tokens.sign(granted, Date.now())
    return { partNumber: part.part_number, sizeBytes: part.size_bytes, token, expiresAt: toInstant(expiresAt) }
  }

  /**
   * Makes sure that the file is there at its full size. When somebody deleted or cut it, the parts that were in it are asked for again.
   * @throws EngineError `storage_refused`, `storage_full`.
   */
  async ensureFile(upload: UploadRow): Promise<void> {
    const { media_id: mediaId, size_bytes: sizeBytes } = upload
    await this.#mutex.run(mediaId, async () => {
      const size = await sizeOf(this.folders.dataOf(mediaId))
      if (size === sizeBytes) return
      const kept = size === null ? 0 : Math.floor(size / upload.part_bytes)
      this.voidParts(upload, (part) => part.part_number > kept)
      await this.folders.layOut(mediaId, sizeBytes)
    })
  }

  /** To be called before bytes of a part are written. @throws EngineError as `ensureFile`. */
  async beginParts(upload: UploadRow): Promise<void> {
    await this.ensureFile(upload)
    if (!this.partRows.hasStored(upload.media_id)) await this.folders.beginParts(upload.media_id)
  }

  /** Takes back what was confirmed of parts whose bytes are no longer there. @returns their numbers. */
  voidParts(upload: UploadRow, isLost: (part: PartRow) => boolean): number[] {
    const lost = this.partRows.list(upload.media_id).filter((part) => part.stored_at !== null && isLost(part))
    this.#options.database.transaction(() => {
      for (const { part_number: partNumber } of lost) this.partRows.void.run({ mediaId: upload.media_id, partNumber })
    })
    return lost.map(({ part_number: partNumber }) => partNumber)
  }

  isOpen(mediaId: string): boolean {
    const status = this.rows.get(mediaId)?.status
    return status !== undefined && status !== 'completed' && status !== 'aborted'
  }

  /** Ends an open upload whose video came into the library by another way; part of the caller's transaction. */
  endAs(mediaId: string, analysisJobId: string): void {
    if (this.isOpen(mediaId)) this.rows.complete.run({ mediaId, analysisJobId, deduplicated: 0, now: Date.now() })
  }
}
