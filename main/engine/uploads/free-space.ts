import { readableBytes } from '../../base/bytes.ts'
import { KeyedMutex } from '../../base/mutex.ts'
import { EngineError } from '../../contract/index.ts'
import { freeBytes } from '../../platform/files/index.ts'
import type { PartRows } from './part-rows.ts'
import type { UploadRows } from './upload-rows.ts'

/** Left free for the system and the database. */
const RESERVE_BYTES = 256 * 1024 * 1024
/** What the database needs to write down that parts arrived. */
const WORKING_BYTES = 16 * 1024 * 1024

/** The space on the library's disk that uploads may take. */
export class FreeSpace {
  readonly #folder: string
  readonly #rows: UploadRows
  readonly #parts: PartRows
  readonly #mutex = new KeyedMutex()
  /** For uploads that are being created. */
  #reserved = 0

  constructor(folder: string, rows: UploadRows, parts: PartRows) {
    this.#folder = folder
    this.#rows = rows
    this.#parts = parts
  }

  /**
   * Keeps room for new uploads that have no rows yet: what one takes, the next finds taken.
   * @param sizeBytes of all of them
   * @returns to be called once they have rows, or will have none.
   * @throws EngineError `storage_full` when there is no room.
   */
  async reserve(sizeBytes: number): Promise<() => void> {
    await this.#mutex.run('reserve', async () => {
      await this.#assertRoom(sizeBytes)
      this.#reserved += sizeBytes
    })
    return () => void (this.#reserved -= sizeBytes)
  }

  async #assertRoom(sizeBytes: number): Promise<void> {
    const available = Math.max(0, await this.#available())
    if (sizeBytes <= available) return
    throw new EngineError(
      'storage_full',
      `Not enough space: ${readableBytes(sizeBytes)} needed, ${readableBytes(available)} free. Free some, or choose another folder.`,
      { needed_bytes: sizeBytes, available_bytes: available },
    )
  }

  /** Whether there is room for what an upload still has to write, or for a new one of that size. */
  async hasRoom(mediaId: string | null, sizeBytes: number): Promise<boolean> {
    if (mediaId === null) return sizeBytes <= (await this.#available())
    return sizeBytes - this.#parts.counts(mediaId).bytes + WORKING_BYTES <= (await freeBytes(this.#folder))
  }

  async #available(): Promise<number> {
    return (await freeBytes(this.#folder)) - this.#rows.reservedBytes() - this.#reserved - RESERVE_BYTES
  }
}
