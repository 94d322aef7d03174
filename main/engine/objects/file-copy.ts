import { createHash, type Hash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { EngineError } from '../../contract/errors.ts'
import { bytesOf, crashPoint, errno, readablePath, slowedPart } from '../../platform/files/index.ts'
import { readInTurns } from './part-file.ts'
import { startChecksum } from './part-checksum.ts'
import type { CopiedPart, CopyProgress, FileCopy, FileDigest } from './part-messages.ts'
import { UncachedFile } from './uncached-file.ts'

/** A sync costs as much for a little as for a lot: so much is written before the next one, unless it takes too long. */
const MOST_UNSYNCED_BYTES = 256 * 1024 * 1024
/** From a slow card so much time: a power cut costs at most what was copied since. */
const MOST_UNSYNCED_MS = 500

interface Watch {
  readonly signal: AbortSignal
  readonly onProgress: (progress: CopyProgress) => void
}

/**
 * Copies a file of this machine into the file of its upload: each byte is read once, hashed and written. Runs on a worker
 * thread, which it blocks for a block at a time. Parts are reported once they are on the disk, several at a time; while
 * those are synced the next ones are read.
 */
export class FileCopying {
  readonly #copy: FileCopy
  readonly #watch: Watch
  #sha256: Hash = createHash('sha256')
  readonly #source: number
  readonly #file: UncachedFile
  /** Copied, and not yet part of any sync. */
  #copied: CopiedPart[] = []
  #copiedBytes = 0
  #syncedAt = performance.now()
  #syncing: Promise<void> | null = null
  #compared = 0

  /** @throws EngineError `source_missing`. */
  constructor(copy: FileCopy, watch: Watch) {
    this.#copy = copy
    this.#watch = watch
    this.#source = readSource(copy.source, () => openSync(bytesOf(copy.source), 'r'))
    try {
      this.#file = new UncachedFile(copy.file, copy.sizeBytes)
    } catch (error) {
      closeSync(this.#source)
      throw error
    }
  }

  /**
   * @returns the sha-256 of all bytes of the file, those that were stored before included.
   * @throws EngineError `source_missing`, `source_changed`; AbortError; Error of the file system. What was written until
   * then is synced and reported all the same.
   */
  async run(): Promise<FileDigest> {
    try {
      await this.#run().finally(() => this.#syncRest())
      return { sha256: this.#sha256.digest('hex'), sizeBytes: this.#copy.sizeBytes }
    } finally {
      closeSync(this.#source)
      await this.#file.close()
    }
  }

  async #run(): Promise<void> {
    const { sizeBytes: fileBytes, partBytes, stored } = this.#copy
    for (let offset = 0, partNumber = 1; offset < fileBytes; offset += partBytes, partNumber += 1) {
      const sizeBytes = Math.min(partBytes, fileBytes - offset)
      const checksum = stored.get(partNumber)
      if (checksum !== undefined && (await this.#isWhole(offset, sizeBytes, checksum))) continue
      this.#copied.push({ partNumber, checksum: await this.#copyPart(offset, sizeBytes) })
      this.#copiedBytes += sizeBytes
      crashPoint('part.written')
      await slowedPart()
      if (this.#isSyncDue()) await this.#beginSync()
    }
  }

  /** Reads a part that was stored before. One that the disk damaged since is copied again. */
  async #isWhole(offset: number, sizeBytes: number, checksum: string): Promise<boolean> {
    const before = this.#sha256.copy()
    const found = startChecksum('crc32')
    for await (const bytes of readInTurns(this.#file.descriptor, offset, sizeBytes)) {
      this.#watch.signal.throwIfAborted()
      this.#sha256.update(bytes)
      found.update(bytes)
    }
    this.#watch.onProgress({ is: 'compared', bytes: (this.#compared += sizeBytes) })
    if (found.digest() === checksum) return true
    this.#sha256 = before
    return false
  }

  async #copyPart(offset: number, sizeBytes: number): Promise<string> {
    const checksum = startChecksum('crc32')
    const end = offset + sizeBytes
    for (let at = offset; at < end;) {
      const block = await this.#file.block()
      const bytes = block.subarray(0, Math.min(block.length, end - at))
      this.#read(bytes, at)
      this.#sha256.update(bytes)
      checksum.update(bytes)
      this.#file.write(block, bytes.length, at)
      at += bytes.length
      // Lets messages through, so that a cancellation is heard.
      await new Promise((resolve) => setImmediate(resolve))
      this.#watch.signal.throwIfAborted()
    }
    return checksum.digest()
  }

  /** Fills `bytes` from the source. A network drive may hand over less than it is asked for. */
  #read(bytes: Uint8Array, position: number): void {
    for (let done = 0; done < bytes.length;) {
      const count = readSource(this.#copy.source, () =>
        readSync(this.#source, bytes, done, bytes.length - done, position + done),
      )
      if (count === 0) {
        const message = 'The file became shorter while it was read. Retry imports it as it is now.'
        throw new EngineError('source_changed', message)
      }
      done += count
    }
  }

  #isSyncDue(): boolean {
    return this.#copiedBytes >= MOST_UNSYNCED_BYTES || performance.now() - this.#syncedAt >= MOST_UNSYNCED_MS
  }

  /** One at a time: otherwise a slow disk would fall behind without an end. */
  async #beginSync(): Promise<void> {
    await this.#syncing
    await this.#file.written()
    const parts = this.#copied
    this.#copied = []
    this.#copiedBytes = 0
    this.#syncedAt = performance.now()
    this.#syncing = this.#file.sync().then(() => {
      if (parts.length > 0) this.#watch.onProgress({ is: 'synced', parts })
    })
    // Prevents unhandledRejection; awaited before the next sync and at the end.
    this.#syncing.catch(() => undefined)
  }

  async #syncRest(): Promise<void> {
    if (this.#copied.length > 0) await this.#beginSync()
    await this.#syncing
  }
}

function readSource<T>(source: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (errno(error) === null) throw error
    // The camera card's side failed, not the library's.
    const message = `${readablePath(source)} can no longer be read. Reconnect the card or cable; the import then continues by itself.`
    throw new EngineError('source_missing', message, null, { cause: error })
  }
}
