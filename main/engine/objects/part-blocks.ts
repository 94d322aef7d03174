import { sharedMemory } from './aligned-memory.ts'

/** Sent to a thread at once: a network hands over 64 KB at a time, and a message costs as much as hashing those. */
export const BLOCK_BYTES = 1 << 20
/** Blocks there are, for all parts together. */
const MOST_BLOCKS = 48
/** How long a block is filled at least before it has to go on half-full, for somebody who waits for one. */
const FILLED_MS = 50

/** A piece of the memory that both threads see, and its number there. */
export interface Block {
  readonly index: number
  readonly bytes: Uint8Array
}

/** Who fills a block. `flush` sends it on as it is; it comes back once it is written. */
interface Filling {
  readonly since: number
  readonly flush: () => void
}

/** The block of that number. */
export function blockAt(memory: SharedArrayBuffer, index: number): Uint8Array {
  return new Uint8Array(memory, index * BLOCK_BYTES, BLOCK_BYTES)
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
  #memory: SharedArrayBuffer | null = null
  #made = 0
  #flushing: NodeJS.Timeout | null = null

  constructor(most = MOST_BLOCKS) {
    this.#most = most
  }

  /** For the threads that write what is in it. */
  get memory(): SharedArrayBuffer {
    return (this.#memory ??= sharedMemory(this.#most * BLOCK_BYTES))
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
    const index = this.#made++
    return { index, bytes: blockAt(this.memory, index) }
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
