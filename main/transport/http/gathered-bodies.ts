import { busy } from './errors.ts'

/** A body on its way into memory. */
export interface GatheredBody {
  /** So many more bytes of it are kept. */
  add(bytes: number): void
  /** It is whole, or given up. */
  close(): void
}

interface Held {
  bytes: number
  readonly refuse: (error: Error) => void
}

/**
 * The JSON bodies that are gathered in memory, over all connections. When they are too much together, the one that has
 * waited longest for its next byte gives way: a short request is whole before its turn comes, also while somebody keeps
 * hundreds of half-sent ones open.
 */
export class GatheredBodies {
  readonly #limit: number
  /** The first ones wait the longest. */
  readonly #held = new Set<Held>()
  #bytes = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get bytes(): number {
    return this.#bytes
  }

  /** @param refuse called with `unavailable` when this body has to give way; nothing of it is kept from then on. */
  open(refuse: (error: Error) => void): GatheredBody {
    const body: Held = { bytes: 0, refuse }
    this.#held.add(body)
    return {
      add: (bytes) => {
        if (!this.#held.delete(body)) return
        this.#held.add(body)
        body.bytes += bytes
        this.#bytes += bytes
        this.#makeRoom()
      },
      close: () => this.#forget(body),
    }
  }

  #makeRoom(): void {
    for (const body of this.#held) {
      if (this.#bytes <= this.#limit) return
      if (body.bytes === 0) continue
      this.#forget(body)
      body.refuse(busy('Too many bodies are on their way.'))
    }
  }

  #forget(body: Held): void {
    if (this.#held.delete(body)) this.#bytes -= body.bytes
  }
}
