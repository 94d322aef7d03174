import { EngineError } from '../../contract/index.ts'
import type { HashWatch, PartWriters } from '../objects/index.ts'
import type { UploadSessions } from './sessions.ts'
import type { UploadRow } from './upload-rows.ts'

/** Reads a fully confirmed upload once more: parts that the disk damaged since are asked for again. */
export class Verification {
  readonly #sessions: UploadSessions
  readonly #writers: PartWriters

  constructor(sessions: UploadSessions, writers: PartWriters) {
    this.#sessions = sessions
    this.#writers = writers
  }

  /**
   * The sha-256 of the whole file, every part compared with what was confirmed.
   * @throws EngineError `incomplete_upload` with the damaged parts as `details.missing_chunks`; they may be sent again.
   */
  async hash(upload: UploadRow, watch: HashWatch): Promise<string> {
    await this.#sessions.ensureFile(upload)
    const file = this.#sessions.folders.dataOf(upload.media_id)
    const stored = this.#sessions.partRows.list(upload.media_id).flatMap((part) => {
      const { part_number: partNumber, size_bytes: sizeBytes, checksum } = part
      const offset = (partNumber - 1) * upload.part_bytes
      return checksum === null ? [] : [{ partNumber, offset, sizeBytes, checksum }]
    })
    if (stored.length === upload.total_parts) {
      const { hash, verify } = bothOf(watch)
      const [{ sha256, sizeBytes }, damaged] = await Promise.all([
        this.#writers.hash(file, upload.size_bytes, hash),
        this.#writers.verify(file, stored, verify),
      ])
      if (damaged.length === 0 && sizeBytes === upload.size_bytes) return sha256
      this.#sessions.voidParts(upload, (part) => damaged.includes(part.part_number))
    }
    throw damage(this.#sessions.partRows.missing(upload.media_id))
  }
}

/** Makes one progress, in bytes of the file, of two readings of it that run side by side. */
function bothOf({ signal, onProgress }: HashWatch) {
  const done = { hash: 0, verify: 0 }
  const watch = (which: keyof typeof done): HashWatch => ({
    signal,
    onProgress: (bytes) => {
      done[which] = bytes
      onProgress?.(Math.floor((done.hash + done.verify) / 2))
    },
  })
  return { hash: watch('hash'), verify: watch('verify') }
}

function damage(missing: readonly number[]): EngineError {
  const which = missing.length === 1 ? `Chunk ${missing[0]} was` : `${missing.length} chunks were`
  return new EngineError('incomplete_upload', `${which} damaged on this disk after it was received. Send it again.`, {
    missing_chunks: missing,
    damaged: true,
  })
}
