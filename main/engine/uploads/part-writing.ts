import { asEngineError } from '../../contract/index.ts'
import type { PartDigest, PartPlace } from './part-file.ts'
import type { PartThread } from './part-threads.ts'

/** A part on its way to the disk. One of `finish` and `drop` ends it. */
export interface PartWriting {
  /** Takes the bytes over; resolves when there is room for more. */
  append(bytes: Uint8Array): Promise<void>
  finish(): Promise<PartDigest>
  drop(): Promise<void>
}

/** Sent to the thread at once: a network hands over 64 KB at a time, and a message costs as much as hashing those. */
const BLOCK_BYTES = 1 << 20
/** Blocks of one part on their way to its thread; more would only fill memory. */
const IN_FLIGHT = 3
/** Blocks that are kept for the next parts. */
const MOST_FREE = 16

type Block = Uint8Array<SharedArrayBuffer>

/**
 * Memory that both threads see, used again and again: what is handed over for good lies about in the other thread until
 * that one's collector comes, which it does after tens of megabytes.
 */
export class Blocks {
  readonly #free: Block[] = []

  take(): Block {
    return this.#free.pop() ?? new Uint8Array(new SharedArrayBuffer(BLOCK_BYTES))
  }

  giveBack(block: Block): void {
    if (this.#free.length < MOST_FREE) this.#free.push(block)
  }
}

/** A part whose bytes arrive piece by piece, gathered into blocks and handed to one thread. */
export class ThreadWriting implements PartWriting {
  readonly #thread: PartThread
  readonly #writing: number
  readonly #blocks: Blocks
  readonly #release: () => void
  readonly #inFlight = new Set<Promise<void>>()
  #block: Block | null = null
  /** Bytes of the block that are taken. */
  #filled = 0
  #failure: Error | null = null

  private constructor(thread: PartThread, writing: number, blocks: Blocks) {
    this.#thread = thread
    this.#writing = writing
    this.#blocks = blocks
    this.#release = thread.take()
  }

  static async begin(thread: PartThread, writing: number, blocks: Blocks, place: PartPlace): Promise<ThreadWriting> {
    const begun = new ThreadWriting(thread, writing, blocks)
    try {
      await thread.request({ do: 'begin', writing, place })
    } catch (error) {
      begun.#release()
      throw error
    }
    return begun
  }

  async append(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      if (this.#failure) throw this.#failure
      this.#block ??= this.#blocks.take()
      const count = Math.min(BLOCK_BYTES - this.#filled, bytes.length - done)
      this.#block.set(bytes.subarray(done, done + count), this.#filled)
      this.#filled += count
      done += count
      if (this.#filled < BLOCK_BYTES) continue
      this.#send()
      if (this.#inFlight.size >= IN_FLIGHT) await Promise.race(this.#inFlight)
    }
  }

  async finish(): Promise<PartDigest> {
    this.#send()
    await Promise.all(this.#inFlight)
    if (this.#failure) throw this.#failure
    const digest = await this.#thread.request({ do: 'finish', writing: this.#writing })
    this.#release()
    return digest as PartDigest
  }

  async drop(): Promise<void> {
    if (this.#block) this.#blocks.giveBack(this.#block)
    this.#block = null
    await Promise.all(this.#inFlight)
    await this.#thread.request({ do: 'drop', writing: this.#writing }).finally(this.#release)
  }

  #send(): void {
    const block = this.#block
    if (!block) return
    const bytes = block.subarray(0, this.#filled)
    this.#block = null
    this.#filled = 0
    const sent: Promise<void> = this.#thread
      .request({ do: 'append', writing: this.#writing, bytes })
      .then(() => this.#blocks.giveBack(block))
      .catch((error: unknown) => {
        // The block is not used again: who knows where a thread stopped that failed.
        this.#failure ??= asEngineError(error)
      })
      .finally(() => this.#inFlight.delete(sent))
    this.#inFlight.add(sent)
  }
}
