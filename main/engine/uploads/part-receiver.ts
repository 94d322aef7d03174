import { raceAbort } from '../../base/abortable.ts'
import { EngineError } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { crashPoint, explainWrites } from '../../platform/files/index.ts'
import { assertMd5, assertSameBytes, assertSize } from './part-checks.ts'
import { keyOf, type PartRow } from './part-rows.ts'
import type { PartDigest, PartWriters, PartWriting } from '../objects/index.ts'
import type { UploadSessions } from './sessions.ts'
import type { UploadRow } from './upload-rows.ts'

export interface PartReceiverOptions {
  readonly database: Database
  readonly sessions: UploadSessions
  readonly writers: PartWriters
}

/** The bytes of a part on their way in. */
export interface PartBody {
  readonly pieces: AsyncIterable<Uint8Array>
  /** Base64, as the Content-MD5 header has it. */
  readonly contentMd5: string | null
  readonly signal: AbortSignal
}

/** Writes the bytes of parts to their place; a part counts as stored once its bytes and its row are durable. */
export class PartReceiver {
  readonly #options: PartReceiverOptions

  constructor(options: PartReceiverOptions) {
    this.#options = options
  }

  /** UP-66: a part that is not as long as it must be has failed before its first byte. @throws EngineError `body_mismatch`. */
  assertAnnounced(part: PartRow, sizeBytes: number): void {
    if (sizeBytes !== part.size_bytes) this.#options.sessions.partRows.fail.run(keyOf(part))
    assertSize(sizeBytes, part.size_bytes)
  }

  /** Stores a part that a client sends. One that is confirmed is only compared. @throws EngineError as `Parts.store`. */
  async receive(upload: UploadRow, part: PartRow, body: PartBody): Promise<PartDigest> {
    const { sessions } = this.#options
    const confirmed = part.confirmed_at !== null || upload.status === 'completed'
    if (!confirmed) {
      if (part.stored_at !== null) sessions.partRows.clear.run(keyOf(part))
      await sessions.beginParts(upload)
    }
    try {
      const digest = await this.#write(() => this.#pour(upload, part, confirmed, body))
      crashPoint('part.stored')
      if (confirmed) assertSameBytes(part, digest)
      else {
        this.#options.database.unsynced(() => this.#recordStored(upload, part, digest))
        crashPoint('part.recorded')
        const note = { partNumber: part.part_number, checksum: digest.md5 }
        await Promise.all([this.#options.database.synced(), sessions.folders.noteParts(part.media_id, [note])])
      }
      return digest
    } catch (error) {
      sessions.partRows.fail.run(keyOf(part))
      throw error
    }
  }

  /** Streams the body into its place; nothing counts as stored before all of it was checked and synced. */
  async #pour(upload: UploadRow, part: PartRow, compareOnly: boolean, body: PartBody): Promise<PartDigest> {
    const { sessions, writers } = this.#options
    const file = compareOnly ? null : sessions.folders.dataOf(upload.media_id)
    const writing = writers.begin({ file, ...placeOf(upload, part) })
    try {
      assertSize(await pump(body, writing, part.size_bytes), part.size_bytes)
      const digest = await writing.finish()
      assertMd5(body.contentMd5, digest.md5)
      return digest
    } catch (error) {
      await writing.drop()
      throw error
    }
  }

  #recordStored(upload: UploadRow, part: PartRow, digest: PartDigest): void {
    const { rows, partRows } = this.#options.sessions
    const now = Date.now()
    // It may have been aborted meanwhile: then there is nothing to store any more.
    if (rows.get(upload.media_id)?.status !== 'uploading') throw new EngineError('not_found', 'This upload was ended.')
    partRows.store.run({ ...keyOf(part), checksum: digest.md5, now })
    rows.touch.run({ mediaId: upload.media_id, now })
  }

  #write<T>(work: () => Promise<T>): Promise<T> {
    return explainWrites('the library folder', work)
  }
}

function placeOf(upload: UploadRow, part: PartRow): { offset: number; sizeBytes: number } {
  return { offset: (part.part_number - 1) * upload.part_bytes, sizeBytes: part.size_bytes }
}

/** Writes the body piece by piece; returns its length. Stops reading as soon as it is longer than it may be. */
async function pump({ pieces, signal }: PartBody, writing: PartWriting, limit: number): Promise<number> {
  const reader = pieces[Symbol.asyncIterator]()
  try {
    for (let received = 0; ;) {
      // A sender that stalls must not keep a newer transfer, or an abort, waiting.
      const piece = await raceAbort(reader.next(), signal)
      if (piece.done === true) return received
      received += piece.value.length
      if (received > limit) return received
      await writing.append(piece.value)
      signal.throwIfAborted()
    }
  } finally {
    // Not awaited: it ends only when the sender sends again.
    reader.return?.().catch(() => undefined)
  }
}
