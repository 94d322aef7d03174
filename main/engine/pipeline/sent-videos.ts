import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import path from 'node:path'
import { SentVideo } from '../../contract/index.ts'
import { type DataFolder, explainWriteFailure } from '../../platform/files/index.ts'

/** A video that is received piece by piece. `drop` ends it; it may be called after `finish`, and twice. */
export interface SentVideoFile {
  /** @throws EngineError `storage_full`, `storage_refused`. */
  write(bytes: Uint8Array): Promise<void>
  /** Synced: a database row may refer to it from now on. @throws EngineError as `write`. */
  finish(): Promise<SentVideo>
  /** Removes the file, unless it was moved to the objects. */
  drop(): Promise<void>
}

/** Files of videos that are sent within requests. What a crash leaves of them is removed at the next start. */
export class SentVideos {
  readonly #folder: DataFolder

  constructor(folder: DataFolder) {
    this.#folder = folder
  }

  /** @throws EngineError `storage_full`, `storage_refused`. */
  async begin(): Promise<SentVideoFile> {
    const file = path.join(this.#folder.streams, `.sent-${randomUUID()}.video`)
    try {
      return new ReceivedFile(file, await open(file, 'wx', 0o600))
    } catch (error) {
      throw explainWriteFailure(error, file)
    }
  }
}

class ReceivedFile implements SentVideoFile {
  readonly #file: string
  readonly #handle: FileHandle
  readonly #sha256 = createHash('sha256')
  #sizeBytes = 0
  #closing: Promise<void> | null = null

  constructor(file: string, handle: FileHandle) {
    this.#file = file
    this.#handle = handle
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#sha256.update(bytes)
    this.#sizeBytes += bytes.length
    try {
      await this.#handle.writeFile(bytes)
    } catch (error) {
      throw explainWriteFailure(error, this.#file)
    }
  }

  async finish(): Promise<SentVideo> {
    try {
      await this.#handle.sync()
      await this.#close()
    } catch (error) {
      throw explainWriteFailure(error, this.#file)
    }
    return new SentVideo(this.#file, this.#sha256.digest('hex'), this.#sizeBytes)
  }

  async drop(): Promise<void> {
    await this.#close().catch(() => undefined)
    await rm(this.#file, { force: true })
  }

  #close(): Promise<void> {
    return (this.#closing ??= this.#handle.close())
  }
}
