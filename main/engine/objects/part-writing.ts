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
/** Blocks there are, for all parts together. */
const MOST_BLOCKS = 48
/** How long a block is filled at least before it has to go on half-full, for somebody who waits for one. */
const FILLED_MS = 50

type Block = Uint8Array<SharedArrayBuffer>

/** Who fills a block. `flush` sends it on as it is; it comes back once it is written. */
interface Filling {
  readonly since: number
  readonly flush: () => void
}

/**
 * Memory that both threads see, used again and again: what is handed over for good lies about in the other thread until
 * that one's collector comes, which it does after tens of megabytes. There is only so much of it: senders that stall in
 * the middle of a block give it up to others.
 */
export class Blocks {
  readonly #most: number
  readonly #free: Block[] = []
  readonly #waiting: ((block: Block) => void)[] = []
  /** The first ones fill their block for the longest time. */
  readonly #filling = new Map<object, Filling>()
  #made = 0
  #flushing: NodeJS.Timeout | null = null

  constructor(most = MOST_BLOCKS) {
    this.#most = most
  }

  /** How many there are. */
  get made(): number {
    return this.#made
  }

  /** A block for `filler`, when there is one. */
  async take(filler: object, flush: () => void): Promise<Block> {
    const block = this.#free.pop() ?? this.#make() ?? (await this.#wait())
    this.#filling.set(filler, { since: performance.now(), flush })
    return block
  }

  /** A block is not filled any more: it is on its way to the disk, or of no use. */
  filled(filler: object): void {
    this.#filling.delete(filler)
  }

  giveBack(block: Block): void {
    const next = this.#waiting.shift()
    if (next) next(block)
    else this.#free.push(block)
  }

  #make(): Block | null {
    if (this.#made >= this.#most) return null
    this.#made += 1
    return new Uint8Array(new SharedArrayBuffer(BLOCK_BYTES))
  }

  /** One that is lost with its thread is replaced. */
  lose(): void {
    this.#made -= 1
    const next = this.#waiting.shift()
    const block = next ? this.#make() : null
    if (next && block) next(block)
  }

  #wait(): Promise<Block> {
    this.#flushing ??= setInterval(() => this.#flush(), FILLED_MS)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #flush(): void {
    if (this.#waiting.length === 0) {
      if (this.#flushing) clearInterval(this.#flushing)
      this.#flushing = null
      return
    }
    const oldest = [...this.#filling.values()].slice(0, this.#waiting.length)
    for (const { since, flush } of oldest) if (performance.now() - since >= FILLED_MS) flush()
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
      const block = (this.#block ??= await this.#blocks.take(this, () => this.#send()))
      const count = Math.min(BLOCK_BYTES - this.#filled, bytes.length - done)
      block.set(bytes.subarray(done, done + count), this.#filled)
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
    this.#blocks.filled(this)
    if (this.#block) this.#blocks.giveBack(this.#block)
    this.#block = null
    await Promise.all(this.#inFlight)
    await this.#thread.request({ do: 'drop', writing: this.#writing }).finally(this.#release)
  }

  #send(): void {
    const block = this.#block
    if (!block) return
    this.#blocks.filled(this)
    const bytes = block.subarray(0, this.#filled)
    this.#block = null
    this.#filled = 0
    const sent: Promise<void> = this.#thread
      .request({ do: 'append', writing: this.#writing, bytes })
      .then(() => this.#blocks.giveBack(block))
      .catch((error: unknown) => {
        // The block is not used again: who knows where a thread stopped that failed.
        this.#blocks.lose()
        this.#failure ??= asEngineError(error)
      })
      .finally(() => this.#inFlight.delete(sent))
    this.#inFlight.add(sent)
  }
}
