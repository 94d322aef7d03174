import { busy } from './errors.ts'

/** A body that is being buffered. */
export interface BufferedBody {
  /** So many more bytes of it are in memory. */
  add(bytes: number): void
  /** It is complete, or given up. */
  close(): void
}

interface Counted {
  bytes: number
  readonly refuse: (error: Error) => void
}

/**
 * Bounds the memory of JSON bodies over all connections. Beyond the limit the body that has waited longest for its next
 * byte is refused: a short request is complete before its turn comes, even while hundreds of half-sent ones are open.
 */
export class BufferedBodies {
  readonly #limit: number
  /** The first ones wait the longest. */
  readonly #open = new Set<Counted>()
  #bytes = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get bytes(): number {
    return this.#bytes
  }

  /** @param refuse called with `unavailable` when this body is dropped to make room. */
  open(refuse: (error: Error) => void): BufferedBody {
    const body: Counted = { bytes: 0, refuse }
    this.#open.add(body)
    return {
      add: (bytes) => {
        if (!this.#open.delete(body)) return
        this.#open.add(body)
        body.bytes += bytes
        this.#bytes += bytes
        this.#makeRoom()
      },
      close: () => this.#forget(body),
    }
  }

  #makeRoom(): void {
    for (const body of this.#open) {
      if (this.#bytes <= this.#limit) return
      if (body.bytes === 0) continue
      this.#forget(body)
      body.refuse(busy('Too many bodies are on their way.'))
    }
  }

  #forget(body: Counted): void {
    if (this.#open.delete(body)) this.#bytes -= body.bytes
  }
}
