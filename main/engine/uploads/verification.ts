import { EngineError } from '../../contract/index.ts'
import type { HashWatch, PartWriters } from './part-writers.ts'
import type { UploadRow } from './rows.ts'
import type { UploadSessions } from './sessions.ts'

/** Reads a fully confirmed upload once more: what a disk lost since is asked for again instead of becoming a video. */
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
    const file = this.#sessions.fileOf(upload.media_id)
    const stored = this.#sessions.rows.parts(upload.media_id).flatMap((part) => {
      const { part_number: partNumber, size_bytes: sizeBytes, md5 } = part
      return md5 === null ? [] : [{ partNumber, sizeBytes, md5 }]
    })
    if (stored.length === upload.total_parts) {
      const [{ sha256, sizeBytes }, damaged] = await Promise.all([
        this.#writers.hash(file, upload.size_bytes, watch),
        this.#writers.verify(file, stored, watch.signal),
      ])
      if (damaged.length === 0 && sizeBytes === upload.size_bytes) return sha256
      this.#sessions.voidParts(upload, (part) => damaged.includes(part.part_number))
    }
    throw damage(this.#sessions.rows.missingParts(upload.media_id))
  }
}

function damage(missing: readonly number[]): EngineError {
  const which = missing.length === 1 ? `Chunk ${missing[0]} was` : `${missing.length} chunks were`
  return new EngineError('incomplete_upload', `${which} damaged on this disk after it was received. Send it again.`, {
    missing_chunks: missing,
    damaged: true,
  })
}
