import { close, closeSync, constants, fdatasync, openSync, write as writeLater } from 'node:fs'
import { promisify } from 'node:util'
import { errno } from '../../platform/files/index.ts'
import { ALIGNMENT, alignedMemory } from './aligned-memory.ts'

/** Large enough that calls cost nothing, small enough that a block is still in a core's cache when it is hashed. */
const BLOCK_BYTES = 1 << 20
/** One is filled while the others are on their way to the disk. */
const BLOCKS = 3
/** What is shorter is as well left to the cache, where whoever reads it next finds it. */
export const LEAST_BYTES = 8 * BLOCK_BYTES

const sync = promisify(fdatasync)
const writeSome = promisify(writeLater)
const closeLater = promisify(close)

/** Blocks of files that are closed, for the next ones. */
const pool: Buffer[][] = []

/**
 * A large file that is written block by block, past the system's cache where the system can (`O_DIRECT`). A cache full of
 * what only waits to be written makes every sync on that disk wait, those of the database too, and pushes out what others
 * read.
 */
export class UncachedFile {
  readonly #descriptor: number
  readonly #direct: number | null
  #isDirect: boolean
  readonly #blocks = pool.pop() ?? makeBlocks()
  readonly #free = [...this.#blocks]
  readonly #writing = new Set<Promise<void>>()
  #failure: Error | null = null

  /** @param file is there at its full size. @throws Error of the file system. */
  constructor(file: string, sizeBytes: number) {
    this.#descriptor = openSync(file, 'r+')
    this.#direct = sizeBytes < LEAST_BYTES ? null : openDirect(file)
    this.#isDirect = this.#direct !== null
  }

  /** For reading. */
  get descriptor(): number {
    return this.#descriptor
  }

  /** A block to be filled and written; waits for one. @throws Error of a write that failed. */
  async block(): Promise<Buffer> {
    while (this.#free.length === 0 && this.#failure === null) await Promise.race(this.#writing)
    if (this.#failure) throw this.#failure
    return this.#free.pop() ?? Buffer.alloc(BLOCK_BYTES)
  }

  /** Begins to write the first bytes of a block; the block is taken back. */
  write(block: Buffer, sizeBytes: number, position: number): void {
    const writing: Promise<void> = this.#writeAll(block.subarray(0, sizeBytes), position)
      .catch((error: unknown) => {
        this.#failure ??= error instanceof Error ? error : new Error(String(error))
      })
      .finally(() => {
        this.#writing.delete(writing)
        this.#free.push(block)
      })
    this.#writing.add(writing)
  }

  /** Resolves once all that was given to `write` is written. @throws Error of a write that failed. */
  async written(): Promise<void> {
    await Promise.all(this.#writing)
    if (this.#failure) throw this.#failure
  }

  /** Makes durable what is written by now. @throws Error of the file system. */
  async sync(): Promise<void> {
    await sync(this.#descriptor)
  }

  /** Waits for writes under way, whatever becomes of them. */
  async close(): Promise<void> {
    await Promise.all(this.#writing)
    pool.push(this.#blocks)
    if (this.#direct !== null) closeSync(this.#direct)
    await closeLater(this.#descriptor)
  }

  async #writeAll(bytes: Buffer, position: number): Promise<void> {
    // The end of the file may be no whole multiple.
    const whole = bytes.length - (bytes.length % ALIGNMENT)
    for (let done = 0; done < bytes.length;) {
      const direct = this.#isDirect && done < whole ? this.#direct : null
      const length = (direct === null ? bytes.length : whole) - done
      try {
        const { bytesWritten } = await writeSome(direct ?? this.#descriptor, bytes, done, length, position + done)
        done += bytesWritten
      } catch (error) {
        if (direct === null || errno(error) !== 'EINVAL') throw error
        // This disk does not take it after all. Its descriptor stays open: other writes may be under way.
        this.#isDirect = false
      }
    }
  }
}

/** Opens a file for writing past the system's cache; null where this file system, or this system, has no such thing. */
export function openDirect(file: string): number | null {
  const flag = constants.O_DIRECT as number | undefined
  if (flag === undefined) return null
  try {
    return openSync(file, constants.O_RDWR | flag)
  } catch {
    return null
  }
}

function makeBlocks(): Buffer[] {
  const memory = alignedMemory(BLOCKS * BLOCK_BYTES)
  return Array.from({ length: BLOCKS }, (_, index) => Buffer.from(memory, index * BLOCK_BYTES, BLOCK_BYTES))
}
