import { createHash, type Hash } from 'node:crypto'
import { closeSync, fdatasyncSync, openSync, readSync, writeSync } from 'node:fs'

/** What is known of a part's bytes once they are stored. Hashes in hex. */
export interface PartDigest {
  readonly md5: string
  readonly sha256: string
  readonly sizeBytes: number
}

/**
 * Writes one part straight to its place in the file of its upload, hashing on the way: each byte is touched once.
 * Synchronous on purpose: it runs on a worker thread, where waiting harms nobody.
 */
export class PartFile {
  readonly #descriptor: number | null
  readonly #offset: number
  readonly #limit: number
  readonly #md5: Hash = createHash('md5')
  readonly #sha256: Hash = createHash('sha256')
  #written = 0

  /** @param file null only hashes: the bytes of a confirmed part are compared, never written again. */
  constructor(file: string | null, offset: number, sizeBytes: number) {
    this.#descriptor = file === null ? null : openSync(file, 'r+')
    this.#offset = offset
    this.#limit = sizeBytes
  }

  /** Bytes taken so far; more than the part's size are counted but not written, so that the next part is never harmed. */
  get written(): number {
    return this.#written
  }

  append(bytes: Uint8Array): void {
    const room = Math.max(0, this.#limit - this.#written)
    const fitting = bytes.length > room ? bytes.subarray(0, room) : bytes
    this.#md5.update(fitting)
    this.#sha256.update(fitting)
    if (this.#descriptor !== null) writeAll(this.#descriptor, fitting, this.#offset + this.#written)
    this.#written += bytes.length
  }

  /** Makes the bytes durable and says what they are. Ends the part. */
  finish(): PartDigest {
    if (this.#descriptor !== null) fdatasyncSync(this.#descriptor)
    this.close()
    return { md5: this.#md5.digest('hex'), sha256: this.#sha256.digest('hex'), sizeBytes: this.#written }
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor)
  }
}

function writeAll(descriptor: number, bytes: Uint8Array, position: number): void {
  let done = 0
  while (done < bytes.length) done += writeSync(descriptor, bytes, done, bytes.length - done, position + done)
}

/** Calls `take` with the bytes of [start, start + sizeBytes) in order, fewer when the file ends before. */
export function readRange(file: string, start: number, sizeBytes: number, take: (bytes: Uint8Array) => void): void {
  const buffer = Buffer.allocUnsafe(1 << 20)
  const descriptor = openSync(file, 'r')
  try {
    for (let done = 0; done < sizeBytes;) {
      const count = readSync(descriptor, buffer, 0, Math.min(buffer.length, sizeBytes - done), start + done)
      if (count === 0) return
      take(buffer.subarray(0, count))
      done += count
    }
  } finally {
    closeSync(descriptor)
  }
}

/** The bytes of a file in blocks, letting messages through between two blocks so that a cancellation is heard. */
export async function* readInTurns(file: string, sizeBytes: number): AsyncGenerator<Uint8Array, void> {
  const blockBytes = 8 << 20
  const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(blockBytes, sizeBytes)))
  const descriptor = openSync(file, 'r')
  try {
    for (;;) {
      const count = readSync(descriptor, buffer, 0, buffer.length, null)
      if (count === 0) return
      yield buffer.subarray(0, count)
      await new Promise((resolve) => setImmediate(resolve))
    }
  } finally {
    closeSync(descriptor)
  }
}
