import { randomBytes, randomUUID } from 'node:crypto'
import path from 'node:path'
import { readableBytes } from '../../base/bytes.ts'
import { toInstant } from '../../base/clock.ts'
import { KeyedMutex } from '../../base/mutex.ts'
import {
  CONCURRENT_PARTS,
  EngineError,
  MAX_PART_RETRIES,
  PART_BYTES,
  type Priority,
  type UploadPart,
  type UploadPlan,
} from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import {
  crashPoint,
  type DataFolder,
  explainWriteFailure,
  freeBytes,
  kindOf,
  makeFolderDurably,
  sizeOf,
  writeFileDurably,
} from '../../platform/files/index.ts'
import type { Quarantine } from '../objects/index.ts'
import { UploadRows, type PartRow, type UploadRow } from './rows.ts'
import type { PartTokens } from './token.ts'
import { UploadFolders } from './upload-folders.ts'
import { notePart, readUploadSidecar, type UploadSidecar, writeUploadSidecar } from './upload-sidecar.ts'

/** "session 7 days": how long an upload may take. */
const SESSION_MS = 7 * 24 * 3_600_000
/** Left free for the system and the database whatever is uploaded. */
const RESERVE_BYTES = 256 * 1024 * 1024
/** What the database needs to write down that parts arrived. */
const WORKING_BYTES = 16 * 1024 * 1024

export interface NewUpload {
  readonly filename: string
  readonly contentType: string
  readonly sizeBytes: number
  readonly title?: string | undefined
  readonly tags: readonly string[]
  readonly custom: Readonly<Record<string, unknown>>
  readonly ownerId: string
  /** The batch it belongs to, if any. */
  readonly batch?: BatchWish
}

/** What a batch asks for each of its uploads. */
export interface BatchWish {
  readonly batchId: string | null
  readonly autoProcess: boolean
  readonly priority: Priority
}

export interface StoredUploadPart {
  readonly partNumber: number
  readonly sizeBytes: number
  /** md5 in hex. */
  readonly etag: string
  readonly confirmed: boolean
}

export interface UploadSessionsOptions {
  readonly database: Database
  readonly folder: DataFolder
  readonly tokens: PartTokens
  readonly quarantine: Quarantine
}

/** Begins, describes and ends chunked uploads. What happens to the bytes is the business of PartStore and Assembly. */
export class UploadSessions {
  readonly rows: UploadRows
  readonly folders: UploadFolders
  readonly #options: UploadSessionsOptions
  /** Two parts that find the file gone lay it out once. */
  readonly #turns = new KeyedMutex()

  constructor(options: UploadSessionsOptions) {
    this.#options = options
    this.rows = new UploadRows(options.database)
    this.folders = new UploadFolders(options.folder, this.rows, options.quarantine)
  }

  /**
   * Reserves room and lays the file out at its full size.
   * @param onBegun called within the transaction that makes the session.
   * @throws EngineError `storage_full` when the disk has no room for it, `storage_refused`.
   */
  async initiate(upload: NewUpload, onBegun: (mediaId: string) => void = () => undefined): Promise<UploadPlan> {
    const [mediaId = ''] = await this.#begin([upload], onBegun)
    return this.plan(this.get(mediaId))
  }

  /** The same for several: all of them, or on a throw none. @returns their plans in the same order. */
  async initiateAll(uploads: readonly NewUpload[]): Promise<UploadPlan[]> {
    return (await this.#begin(uploads, () => undefined)).map((mediaId) => this.plan(this.get(mediaId)))
  }

  /** @throws EngineError `not_found` when there is no such upload, or the two ids do not belong together. */
  get(mediaId: string, uploadId?: string): UploadRow {
    const row = this.rows.upload(mediaId)
    if (!row || (uploadId !== undefined && row.upload_id !== uploadId)) {
      throw new EngineError('not_found', 'There is no such upload.')
    }
    return row
  }

  /** @throws EngineError `not_found`, or `invalid_input` when the upload has no such part. */
  part(upload: UploadRow, partNumber: number): PartRow {
    const part = this.rows.part(upload.media_id, partNumber)
    if (part) return part
    throw new EngineError('invalid_input', `This upload has chunks 1 to ${upload.total_parts}.`, {
      expected: { chunk_number: `1..${upload.total_parts}` },
      actual: { chunk_number: partNumber },
    })
  }

  /** What is still to be sent, with fresh URLs. */
  plan(upload: UploadRow): UploadPlan {
    const missing = this.rows.parts(upload.media_id).filter((part) => part.stored_at === null)
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
    return this.rows.parts(upload.media_id).flatMap((part) => {
      if (part.md5 === null || part.stored_at === null) return []
      const { part_number: partNumber, size_bytes: sizeBytes, md5: etag } = part
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

  /** The file the parts are written into. */
  fileOf(mediaId: string): string {
    return path.join(this.#options.folder.upload(mediaId), 'data')
  }

  /**
   * Makes sure that the file is there at its full size. When somebody deleted or cut it, what it held is asked for again.
   * @throws EngineError `storage_refused`, `storage_full`.
   */
  async ensureFile(upload: UploadRow): Promise<void> {
    const { media_id: mediaId, size_bytes: sizeBytes } = upload
    await this.#turns.run(mediaId, async () => {
      const size = await sizeOf(this.fileOf(mediaId))
      if (size === sizeBytes) return
      const kept = size === null ? 0 : Math.floor(size / upload.part_bytes)
      this.voidParts(upload, (part) => part.part_number > kept)
      await this.#layOut(mediaId, sizeBytes)
    })
  }

  /** Takes back what was confirmed of parts whose bytes are no longer there. @returns their numbers. */
  voidParts(upload: UploadRow, isLost: (part: PartRow) => boolean): number[] {
    const lost = this.rows.parts(upload.media_id).filter((part) => part.stored_at !== null && isLost(part))
    this.#options.database.transaction(() => {
      for (const { part_number: partNumber } of lost) this.rows.voidPart.run({ mediaId: upload.media_id, partNumber })
    })
    return lost.map(({ part_number: partNumber }) => partNumber)
  }

  /** Deletes the bytes of an upload. */
  async removeFiles(mediaId: string): Promise<void> {
    await this.folders.remove(mediaId)
  }

  /** Notes beside the bytes that a part is stored, so that it counts even when the database is lost. */
  async notePart({ media_id: mediaId, part_number: partNumber }: PartRow, md5: string): Promise<void> {
    // Best effort: without the note the part would only have to be sent again.
    await notePart(this.#options.folder.upload(mediaId), partNumber, md5).catch(() => undefined)
  }

  /** Writes down beside the bytes what an open upload is, when an earlier Fieldreel began it and wrote nothing. */
  async describeIfNew(upload: UploadRow): Promise<void> {
    const folder = this.#options.folder.upload(upload.media_id)
    if ((await kindOf(folder)) !== 'folder' || (await readUploadSidecar(folder))) return
    await this.#describe(upload.media_id, upload.upload_id, {
      filename: upload.filename,
      contentType: upload.content_type,
      sizeBytes: upload.size_bytes,
      title: upload.title ?? undefined,
      tags: JSON.parse(upload.tags) as string[],
      custom: JSON.parse(upload.custom) as UploadSidecar['custom'],
      ownerId: upload.owner_id,
      batch: { batchId: upload.batch_id, autoProcess: upload.auto_process === 1, priority: upload.priority },
    })
  }

  /**
   * Makes an upload out of a folder that lies in its place again; its rows were lost. Part of the caller's transaction.
   * @param stored the md5 of each part whose bytes are there.
   */
  reopen(mediaId: string, sidecar: UploadSidecar, ownerId: string, stored: ReadonlyMap<number, string>): UploadRow {
    const { filename, contentType, sizeBytes, tags, custom, autoProcess, priority } = sidecar
    const batch = { batchId: null, autoProcess, priority }
    const upload = { filename, contentType, sizeBytes, tags, custom, ownerId, batch, title: sidecar.title ?? undefined }
    const uploadId = this.rows.hasUploadId(sidecar.uploadId) ? newUploadId() : sidecar.uploadId
    this.#insert(mediaId, uploadId, upload, Date.now())
    for (const [partNumber, md5] of stored) this.rows.storePart.run({ mediaId, partNumber, md5, now: Date.now() })
    return this.get(mediaId)
  }

  isOpen(mediaId: string): boolean {
    const status = this.rows.upload(mediaId)?.status
    return status !== undefined && status !== 'completed' && status !== 'aborted'
  }

  /** Ends an open upload whose video came into the library by another way; part of the caller's transaction. */
  endAs(mediaId: string, analysisJobId: string): void {
    if (this.isOpen(mediaId)) this.rows.complete.run({ mediaId, analysisJobId, deduplicated: 0, now: Date.now() })
  }

  /** Whether there is room for what an upload still has to write, or for a new one of that size. */
  async hasRoom(mediaId: string | null, sizeBytes: number): Promise<boolean> {
    const free = await freeBytes(this.#options.folder.root)
    if (mediaId === null) return sizeBytes <= free - this.rows.reservedBytes() - RESERVE_BYTES
    return sizeBytes - this.rows.counts(mediaId).bytes + WORKING_BYTES <= free
  }

  async #begin(uploads: readonly NewUpload[], onBegun: (mediaId: string) => void): Promise<string[]> {
    const begun = uploads.map((upload) => ({ mediaId: randomUUID(), uploadId: newUploadId(), upload }))
    // In turns: what one reserves, the next must find taken.
    await this.#turns.run('initiate', async () => {
      await this.#assertRoom(uploads.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))
      try {
        for (const { mediaId, uploadId, upload } of begun) {
          await this.#layOut(mediaId, upload.sizeBytes)
          await this.#describe(mediaId, uploadId, upload)
        }
        crashPoint('upload.laid-out')
        this.#options.database.transaction(() => {
          for (const { mediaId, uploadId, upload } of begun) {
            this.#insert(mediaId, uploadId, upload, Date.now())
            onBegun(mediaId)
          }
        })
        crashPoint('upload.row-inserted')
      } catch (error) {
        for (const { mediaId } of begun) await this.removeFiles(mediaId)
        throw error
      }
    })
    return begun.map(({ mediaId }) => mediaId)
  }

  async #assertRoom(sizeBytes: number): Promise<void> {
    const free = await freeBytes(this.#options.folder.root)
    const available = Math.max(0, free - this.rows.reservedBytes() - RESERVE_BYTES)
    if (sizeBytes <= available) return
    throw new EngineError(
      'storage_full',
      `Not enough space: ${readableBytes(sizeBytes)} needed, ${readableBytes(available)} free. Free some, or choose another folder.`,
      { needed_bytes: sizeBytes, available_bytes: available },
    )
  }

  async #layOut(mediaId: string, sizeBytes: number): Promise<void> {
    try {
      await makeFolderDurably(this.#options.folder.upload(mediaId))
      crashPoint('upload.folder-made')
      await writeFileDurably(this.fileOf(mediaId), (handle) => handle.truncate(sizeBytes))
    } catch (error) {
      throw explainWriteFailure(error, this.#options.folder.root)
    }
  }

  async #describe(mediaId: string, uploadId: string, upload: NewUpload): Promise<void> {
    try {
      await writeUploadSidecar(this.#options.folder.upload(mediaId), {
        ...{ mediaId, uploadId, partBytes: PART_BYTES },
        owner: this.rows.ownerName(upload.ownerId),
        filename: upload.filename,
        contentType: upload.contentType as UploadSidecar['contentType'],
        sizeBytes: upload.sizeBytes,
        title: upload.title?.trim() || null,
        tags: [...upload.tags],
        custom: upload.custom as UploadSidecar['custom'],
        autoProcess: upload.batch?.autoProcess ?? true,
        priority: upload.batch?.priority ?? 'normal',
      })
    } catch (error) {
      throw explainWriteFailure(error, this.#options.folder.root)
    }
  }

  #insert(mediaId: string, uploadId: string, upload: NewUpload, now: number): void {
    this.rows.insert.run({
      mediaId,
      uploadId,
      ownerId: upload.ownerId,
      filename: upload.filename,
      contentType: upload.contentType,
      sizeBytes: upload.sizeBytes,
      partBytes: PART_BYTES,
      totalParts: Math.ceil(upload.sizeBytes / PART_BYTES),
      title: upload.title?.trim() || null,
      tags: JSON.stringify(upload.tags),
      custom: JSON.stringify(upload.custom),
      batchId: upload.batch?.batchId ?? null,
      autoProcess: upload.batch?.autoProcess === false ? 0 : 1,
      priority: upload.batch?.priority ?? 'normal',
      now,
      expiresAt: now + SESSION_MS,
    })
    for (const part of partsOf(upload.sizeBytes)) this.rows.insertPart.run({ mediaId, ...part })
  }
}

function newUploadId(): string {
  return randomBytes(24).toString('base64url')
}

/** Every part but the last is a whole one. */
function* partsOf(sizeBytes: number): Generator<{ partNumber: number; sizeBytes: number }> {
  for (let start = 0, partNumber = 1; start < sizeBytes; start += PART_BYTES, partNumber += 1) {
    yield { partNumber, sizeBytes: Math.min(PART_BYTES, sizeBytes - start) }
  }
}
