import { readableBytes } from '../../base/bytes.ts'
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

  constructor(folder: string, rows: UploadRows, parts: PartRows) {
    this.#folder = folder
    this.#rows = rows
    this.#parts = parts
  }

  /** @throws EngineError `storage_full` when there is no room for new uploads of that size in all. */
  async assertRoom(sizeBytes: number): Promise<void> {
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
    return (await freeBytes(this.#folder)) - this.#rows.reservedBytes() - RESERVE_BYTES
  }
}
