import path from 'node:path'
import { EngineError, PART_BYTES } from '../../contract/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { crashPoint, type DataFolder, kindOf, moveDurably, sizeOf } from '../../platform/files/index.ts'
import type { QuarantineEntry, PartWriters, Quarantine } from '../objects/index.ts'
import type { UploadSessions } from './sessions.ts'
import { notedParts, readUploadSidecar, type UploadSidecar } from './upload-sidecar.ts'

export interface ReturnedUploadsOptions {
  readonly database: Database
  readonly folder: DataFolder
  readonly quarantine: Quarantine
  readonly sessions: UploadSessions
  readonly writers: PartWriters
  /** The user of that name. */
  readonly ownerOf: (name: string) => string
}

/** Makes open uploads again of folders whose rows were lost. A part counts as stored when its bytes have the checksum it had. */
export class ReturnedUploads {
  readonly #options: ReturnedUploadsOptions

  constructor(options: ReturnedUploadsOptions) {
    this.#options = options
  }

  /** @throws EngineError `conflict` when it is unknown what it was, or it goes on elsewhere; `cancelled`. */
  async restore({ id, path: kept }: QuarantineEntry, signal?: AbortSignal): Promise<void> {
    const { folder, quarantine } = this.#options
    const { sidecar, stored } = await this.#read(kept, signal)
    const target = folder.upload(sidecar.mediaId)
    if ((await kindOf(target)) !== null) throw new EngineError('conflict', 'This upload is already in its place.')
    await moveDurably(kept, target)
    crashPoint('upload.returned')
    this.#reopen(sidecar, stored)
    crashPoint('upload.returned-row')
    await quarantine.forget(id)
  }

  /** The same for a folder that lies in its place. @returns whether it could be done. */
  async reopen(upload: string, signal?: AbortSignal): Promise<boolean> {
    try {
      const { sidecar, stored } = await this.#read(upload, signal)
      if (sidecar.mediaId !== path.basename(upload)) return false
      this.#reopen(sidecar, stored)
      return true
    } catch (error) {
      if (error instanceof EngineError && error.code === 'conflict') return false
      throw error
    }
  }

  #reopen(sidecar: UploadSidecar, stored: ReadonlyMap<number, string>): void {
    const { database, ownerOf, sessions } = this.#options
    database.transaction(() => sessions.reopen(sidecar, ownerOf(sidecar.owner), stored))
  }

  async #read(folder: string, signal?: AbortSignal): Promise<{ sidecar: UploadSidecar; stored: Map<number, string> }> {
    const sidecar = await readUploadSidecar(folder)
    if (sidecar?.partBytes !== PART_BYTES) {
      throw new EngineError('conflict', 'It is not known what this upload was.')
    }
    if (this.#options.sessions.rows.get(sidecar.mediaId)) {
      throw new EngineError('conflict', 'The library already has an upload with that id.')
    }
    return { sidecar, stored: await this.#stored(folder, sidecar, signal) }
  }

  async #stored(folder: string, { sizeBytes }: UploadSidecar, signal?: AbortSignal): Promise<Map<number, string>> {
    const data = path.join(folder, 'data')
    const size = (await kindOf(data)) === 'file' ? ((await sizeOf(data)) ?? 0) : 0
    const noted = await notedParts(folder)
    const parts = [...noted].flatMap(([partNumber, checksum]) => {
      const offset = (partNumber - 1) * PART_BYTES
      const bytes = Math.min(PART_BYTES, sizeBytes - offset)
      const isPart = partNumber >= 1 && bytes > 0 && offset + bytes <= size
      return isPart ? [{ partNumber, offset, sizeBytes: bytes, checksum }] : []
    })
    const damaged = parts.length === 0 ? [] : await this.#options.writers.verify(data, parts, { signal })
    const whole = parts.filter(({ partNumber }) => !damaged.includes(partNumber))
    return new Map(whole.map(({ partNumber, checksum }) => [partNumber, checksum]))
  }
}
