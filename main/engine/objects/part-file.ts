import { createHash, type Hash } from 'node:crypto'
import { closeSync, fdatasync, openSync, readSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import { errno } from '../../platform/files/index.ts'
import { ALIGNMENT } from './aligned-memory.ts'
import { LEAST_BYTES, openDirect } from './uncached-file.ts'

/** Where a part lies: `sizeBytes` bytes from `offset` of `file`. A null file only hashes. */
export interface PartPlace {
  readonly file: string | null
  readonly offset: number
  readonly sizeBytes: number
}

/**
 * What is known of a part's bytes once they are stored; md5 in hex, its ETag. The sha-256 is taken of the whole file: a
 * second hash of every part would cost more than all the rest of receiving it, and has no use.
 */
export interface PartDigest {
  readonly md5: string
  readonly sizeBytes: number
}

const sync = promisify(fdatasync)

/**
 * Writes one part straight to its place in the file of its upload, hashing on the way; past the system's cache where the
 * system can, see `UncachedFile`. Synchronous but for the end: it runs on a worker thread, where hashing and writing block
 * nothing; waiting for the disk would keep the thread's other parts from going on.
 */
export class PartFile {
  #descriptor: number | null
  /** The same file, past the cache; null where that does not work. */
  #direct: number | null
  readonly #place: PartPlace
  readonly #md5: Hash = createHash('md5')
  #written = 0

  constructor(place: PartPlace) {
    const { file, sizeBytes } = place
    this.#descriptor = file === null ? null : openSync(file, 'r+')
    this.#direct = file === null || sizeBytes < LEAST_BYTES ? null : openDirect(file)
    this.#place = place
  }

  /**
   * Takes the next bytes. More than the part's size are counted but not written, so that the next part is never harmed.
   * @param bytes of memory that begins as `alignedMemory` does.
   */
  append(bytes: Uint8Array): void {
    const room = Math.max(0, this.#place.sizeBytes - this.#written)
    const fitting = bytes.length > room ? bytes.subarray(0, room) : bytes
    this.#md5.update(fitting)
    if (this.#descriptor !== null) this.#write(this.#descriptor, fitting, this.#place.offset + this.#written)
    this.#written += bytes.length
  }

  /** Makes the bytes durable and says what they are. Ends the part. */
  async finish(): Promise<PartDigest> {
    try {
      if (this.#descriptor !== null) await sync(this.#descriptor)
    } finally {
      this.close()
    }
    return { md5: this.#md5.digest('hex'), sizeBytes: this.#written }
  }

  /** May be called twice: a number closed once may be another file's by now. */
  close(): void {
    for (const descriptor of [this.#descriptor, this.#direct]) if (descriptor !== null) closeSync(descriptor)
    this.#descriptor = null
    this.#direct = null
  }

  #write(descriptor: number, bytes: Uint8Array, position: number): void {
    const direct = this.#writeDirect(bytes, position)
    writeAll(descriptor, bytes.subarray(direct), position + direct)
  }

  /** Writes what it can past the cache. @returns how much that was. */
  #writeDirect(bytes: Uint8Array, position: number): number {
    // A block that was sent half-full moves all those behind it.
    if (this.#direct === null || position % ALIGNMENT !== 0) return 0
    const whole = bytes.length - (bytes.length % ALIGNMENT)
    try {
      writeAll(this.#direct, bytes.subarray(0, whole), position)
      return whole
    } catch (error) {
      if (errno(error) !== 'EINVAL') throw error
      // This disk does not take it after all.
      closeSync(this.#direct)
      this.#direct = null
      return 0
    }
  }
}

function writeAll(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done)
  }
}

/** Large enough that calls cost nothing, small enough that a block is still in a core's cache when it is hashed. */
const BLOCK_BYTES = 1 << 20

/** Memory of reads that have ended, for the next ones: new memory for each part would pile up until it is collected. */
const freeBuffers: Buffer[] = []

/**
 * The bytes of [start, start + sizeBytes) in blocks, fewer when the file ends before. Every block is the same memory: it
 * holds until the next one is asked for. Lets messages through between two blocks, so that a cancellation is heard.
 */
export async function* readInTurns(
  descriptor: number,
  start: number,
  sizeBytes: number,
): AsyncGenerator<Uint8Array, void> {
  const buffer = freeBuffers.pop() ?? Buffer.allocUnsafe(BLOCK_BYTES)
  try {
    for (let done = 0; done < sizeBytes;) {
      const count = readSync(descriptor, buffer, 0, Math.min(buffer.length, sizeBytes - done), start + done)
      if (count === 0) return
      yield buffer.subarray(0, count)
      done += count
      await new Promise((resolve) => setImmediate(resolve))
    }
  } finally {
    freeBuffers.push(buffer)
  }
}
