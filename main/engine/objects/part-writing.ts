import { asEngineError } from '../../contract/index.ts'
import { BLOCK_BYTES, type Block, type Blocks } from './part-blocks.ts'
import type { PartDigest, PartPlace } from './part-file.ts'
import type { PartRequest } from './part-messages.ts'
import type { PartThread } from './part-threads.ts'

/** A part on its way to the disk. One of `finish` and `drop` ends it. */
export interface PartWriting {
  /** Takes the bytes over; resolves when there is room for more. */
  append(bytes: Uint8Array): Promise<void>
  finish(): Promise<PartDigest>
  drop(): Promise<void>
}

/** Blocks of one part on their way to its thread; more would only fill memory. */
const IN_FLIGHT = 3

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

  /** What fails from here on is thrown by the next call. */
  constructor(thread: PartThread, writing: number, blocks: Blocks, place: PartPlace) {
    this.#thread = thread
    this.#writing = writing
    this.#blocks = blocks
    this.#release = thread.take()
    this.#request({ do: 'begin', writing, place })
  }

  async append(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      if (this.#failure) throw this.#failure
      const block = (this.#block ??= await this.#blocks.take(this, () => this.#send()))
      const count = Math.min(BLOCK_BYTES - this.#filled, bytes.length - done)
      block.bytes.set(bytes.subarray(done, done + count), this.#filled)
      this.#filled += count
      done += count
      if (this.#filled < BLOCK_BYTES) continue
      this.#send()
      if (this.#inFlight.size >= IN_FLIGHT) await Promise.race(this.#inFlight)
    }
  }

  async finish(): Promise<PartDigest> {
    this.#send()
    // The thread answers in order: what failed before is known by then, and is why.
    const digest = await this.#thread.request({ do: 'finish', writing: this.#writing }).catch((error: unknown) => {
      throw this.#failure ?? error
    })
    if (this.#failure) throw this.#failure
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
    const sizeBytes = this.#filled
    this.#block = null
    this.#filled = 0
    const request = { do: 'append', writing: this.#writing, block: block.index, sizeBytes } as const
    this.#request(request, () => this.#blocks.giveBack(block))
  }

  /** Asks the thread without waiting for it. */
  #request(request: PartRequest, onEnded: () => void = () => undefined): void {
    const asked: Promise<void> = this.#thread
      .request(request)
      .then(() => undefined)
      .catch((error: unknown) => {
        this.#failure ??= asEngineError(error)
      })
      .finally(() => {
        this.#inFlight.delete(asked)
        onEnded()
      })
    this.#inFlight.add(asked)
  }
}
