import { randomBytes, randomUUID } from 'node:crypto'
import { PART_BYTES, type Priority } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { crashPoint } from '../../platform/files/index.ts'
import type { Identity } from '../identity/index.ts'
import type { FreeSpace } from './free-space.ts'
import type { PartRows } from './part-rows.ts'
import type { UploadFolders } from './upload-folders.ts'
import type { UploadRows } from './upload-rows.ts'
import type { UploadSidecar } from './upload-sidecar.ts'

/** How long an upload may take (UP-14). */
const SESSION_MS = 7 * 24 * 3_600_000

export interface NewUpload extends Pick<UploadSidecar, 'filename' | 'contentType' | 'sizeBytes' | 'tags' | 'custom'> {
  readonly title?: string | undefined
  readonly ownerId: string
  /** The batch it belongs to, if any. */
  readonly batch?: BatchOptions
}

/** What a batch asks for each of its uploads. */
export interface BatchOptions {
  readonly batchId: string | null
  readonly autoProcess: boolean
  readonly priority: Priority
}

export interface UploadCreationOptions {
  readonly database: Database
  readonly identity: Identity
  readonly rows: UploadRows
  readonly parts: PartRows
  readonly folders: UploadFolders
  readonly space: FreeSpace
}

/** Creates uploads: reserves their room, lays their files out at full size, then makes their rows. */
export class UploadCreation {
  readonly #options: UploadCreationOptions

  constructor(options: UploadCreationOptions) {
    this.#options = options
  }

  /**
   * All of them, or on a throw none.
   * @param onCreated called for each within the transaction that makes its rows.
   * @returns their media ids in the same order.
   * @throws EngineError `storage_full` when the disk has no room for all, `storage_refused`.
   */
  async create(uploads: readonly NewUpload[], onCreated: (mediaId: string) => void): Promise<string[]> {
    const { database, folders, space } = this.#options
    const created = uploads.map((upload) => ({ upload, sidecar: this.#sidecarOf(upload) }))
    const release = await space.reserve(uploads.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))
    try {
      for (const { sidecar } of created) await folders.create(sidecar)
      crashPoint('upload.laid-out')
      database.transaction(() => {
        for (const { upload, sidecar } of created) {
          this.#insert(sidecar, upload.ownerId, upload.batch?.batchId ?? null)
          onCreated(sidecar.mediaId)
        }
      })
      crashPoint('upload.row-inserted')
    } catch (error) {
      for (const { sidecar } of created) await folders.remove(sidecar.mediaId)
      throw error
    } finally {
      release()
    }
    return created.map(({ sidecar }) => sidecar.mediaId)
  }

  /**
   * Makes the rows of an upload again out of what is in its folder. Part of the caller's transaction.
   * @param stored the checksum of each part whose bytes are there.
   */
  recreate(sidecar: UploadSidecar, ownerId: string, stored: ReadonlyMap<number, string>): void {
    const { rows, parts } = this.#options
    const uploadId = rows.hasUploadId(sidecar.uploadId) ? newUploadId() : sidecar.uploadId
    this.#insert({ ...sidecar, uploadId }, ownerId, null)
    const { mediaId } = sidecar
    for (const [partNumber, checksum] of stored) parts.store.run({ mediaId, partNumber, checksum, now: Date.now() })
  }

  #sidecarOf({ ownerId, batch, title, ...upload }: NewUpload): UploadSidecar {
    return {
      ...{ mediaId: randomUUID(), uploadId: newUploadId(), partBytes: PART_BYTES },
      owner: this.#options.identity.namesOf([ownerId]).get(ownerId) ?? 'owner',
      ...upload,
      title: title?.trim() || null,
      autoProcess: batch?.autoProcess ?? true,
      priority: batch?.priority ?? 'normal',
    }
  }

  #insert(
    { owner: _, tags, custom, autoProcess, ...upload }: UploadSidecar,
    ownerId: string,
    batchId: string | null,
  ): void {
    const { rows, parts } = this.#options
    const now = Date.now()
    rows.insert.run({
      ...upload,
      ...{ ownerId, batchId, now, expiresAt: now + SESSION_MS },
      totalParts: Math.ceil(upload.sizeBytes / PART_BYTES),
      tags: JSON.stringify(tags),
      custom: JSON.stringify(custom),
      autoProcess: autoProcess ? 1 : 0,
    })
    for (const part of partsOf(upload.sizeBytes)) parts.insert.run({ mediaId: upload.mediaId, ...part })
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
