import { createHash, type Hash } from 'node:crypto'
import { closeSync, fdatasync, openSync, readSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'

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
 * Writes one part straight to its place in the file of its upload, hashing on the way: each byte is touched once.
 * Synchronous but for the end: it runs on a worker thread, where hashing and writing block nothing; waiting for the disk
 * would keep the thread's other parts from going on.
 */
export class PartFile {
  #descriptor: number | null
  readonly #place: PartPlace
  readonly #md5: Hash = createHash('md5')
  #written = 0

  constructor(place: PartPlace) {
    this.#descriptor = place.file === null ? null : openSync(place.file, 'r+')
    this.#place = place
  }

  /** Takes the next bytes. More than the part's size are counted but not written, so that the next part is never harmed. */
  append(bytes: Uint8Array): void {
    const room = Math.max(0, this.#place.sizeBytes - this.#written)
    const fitting = bytes.length > room ? bytes.subarray(0, room) : bytes
    this.#md5.update(fitting)
    if (this.#descriptor !== null) writeAll(this.#descriptor, fitting, this.#place.offset + this.#written)
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
    if (this.#descriptor !== null) closeSync(this.#descriptor)
    this.#descriptor = null
  }
}

export function writeAll(descriptor: number, bytes: Uint8Array, position: number): void {
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
