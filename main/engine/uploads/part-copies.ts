import { EngineError } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { crashPoint } from '../../platform/files/index.ts'
import { type CopiedPart, type CopyProgress, kindOfChecksum, type PartWriters } from '../objects/index.ts'
import type { UploadSessions } from './sessions.ts'
import type { UploadRow } from './upload-rows.ts'

export interface PartCopiesOptions {
  readonly database: Database
  readonly sessions: UploadSessions
  readonly writers: PartWriters
}

/** How somebody waits for a copy. */
export interface CopyCall {
  readonly signal: AbortSignal
  /** Bytes of parts that were confirmed before and are read again; null once there are no more of them. */
  readonly onCompared: (bytes: number | null) => void
  /** So many bytes more are confirmed. */
  readonly onConfirmed: (bytes: number) => void
}

/** Copies files of this machine into uploads; a part is confirmed once it is on the disk, several in one transaction. */
export class PartCopies {
  readonly #options: PartCopiesOptions

  constructor(options: PartCopiesOptions) {
    this.#options = options
  }

  /**
   * Copies what is not confirmed yet. What is, is read again, and copied again where the disk damaged it.
   * @returns the sha-256 of the whole file.
   * @throws EngineError `source_missing`, `source_changed`, `storage_full`, `storage_refused`, `cancelled`, `not_found`
   * when the upload was ended meanwhile.
   */
  async copy(upload: UploadRow, source: string, call: CopyCall): Promise<string> {
    const { sessions, writers } = this.#options
    await sessions.beginParts(upload)
    const stored = this.#confirmed(upload)
    const copy = { source, file: sessions.folders.dataOf(upload.media_id), stored }
    const failing = new AbortController()
    const onProgress = (progress: CopyProgress): void => {
      try {
        this.#take(upload, stored, progress, call)
      } catch (error) {
        failing.abort(error)
      }
    }
    const signal = AbortSignal.any([call.signal, failing.signal])
    try {
      const { size_bytes: sizeBytes, part_bytes: partBytes } = upload
      const { sha256 } = await writers.copy({ ...copy, sizeBytes, partBytes }, { signal, onProgress })
      failing.signal.throwIfAborted()
      return sha256
    } catch (error) {
      // Its own cancellation tells less than what led to it.
      throw failing.signal.aborted ? failing.signal.reason : error
    }
  }

  /** By number. What came over HTTP has another kind of checksum, and is copied again. */
  #confirmed({ media_id: mediaId }: UploadRow): Map<number, string> {
    const parts = this.#options.sessions.partRows.list(mediaId).flatMap((part) => {
      const { part_number: partNumber, checksum, confirmed_at: confirmedAt } = part
      const isCopied = confirmedAt !== null && checksum !== null && kindOfChecksum(checksum) === 'crc32'
      return isCopied ? [[partNumber, checksum] as const] : []
    })
    return new Map(parts)
  }

  #take(upload: UploadRow, stored: ReadonlyMap<number, string>, progress: CopyProgress, call: CopyCall): void {
    if (progress.is === 'compared') {
      const known = stored.size * upload.part_bytes
      call.onCompared(progress.bytes + upload.part_bytes > known ? null : progress.bytes)
      return
    }
    crashPoint('part.stored')
    const bytes = this.#confirm(upload, progress.parts)
    crashPoint('part.confirmed')
    void this.#options.sessions.folders.noteParts(upload.media_id, progress.parts)
    call.onCompared(null)
    call.onConfirmed(bytes)
  }

  /** @returns how many bytes they have. */
  #confirm({ media_id: mediaId }: UploadRow, parts: readonly CopiedPart[]): number {
    const { rows, partRows } = this.#options.sessions
    // Not synced: nobody was told, and a part whose row is lost is copied again.
    return this.#options.database.unsynced(() => {
      const now = Date.now()
      // It may have been aborted meanwhile: then there is nothing to store any more.
      if (rows.get(mediaId)?.status !== 'uploading') throw new EngineError('not_found', 'This upload was ended.')
      let bytes = 0
      for (const { partNumber, checksum } of parts) {
        const key = { mediaId, partNumber }
        const before = partRows.get(mediaId, partNumber)
        // The disk damaged what was confirmed of it.
        if (before?.confirmed_at !== null) partRows.void.run(key)
        partRows.store.run({ ...key, checksum, now })
        partRows.confirm.run({ ...key, now })
        bytes += before?.size_bytes ?? 0
      }
      rows.touch.run({ mediaId, now })
      return bytes
    })
  }
}
