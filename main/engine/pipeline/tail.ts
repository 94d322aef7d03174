/** Bytes of the newest events that are kept in memory, so that those who follow live do not each read the disk. */
const KEPT_BYTES = 1_048_576

/** The newest end of a growing stream, shared by all who follow it, and what wakes them. */
export class Tail {
  #pieces: { readonly at: number; readonly bytes: Buffer }[] = []
  #keptBytes = 0
  #grown = deferred()

  /** @param at offset in the stream; where the piece before ended. */
  add(bytes: Buffer, at: number): void {
    this.#pieces.push({ at, bytes })
    this.#keptBytes += bytes.length
    let dropped = 0
    while (this.#keptBytes > KEPT_BYTES && dropped < this.#pieces.length - 1) {
      this.#keptBytes -= this.#pieces[dropped]?.bytes.length ?? 0
      dropped += 1
    }
    // Not one by one: the list is long when events are small.
    if (dropped > 0) this.#pieces = this.#pieces.slice(dropped)
  }

  /** Bytes from an offset on, of one event; null where they are not kept. Nothing is copied. */
  from(offset: number, most: number): Buffer | null {
    const first = this.#pieces[0]
    if (!first || offset < first.at) return null
    let low = 0
    let high = this.#pieces.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#pieces[middle]?.at ?? Infinity) <= offset) low = middle + 1
      else high = middle
    }
    const piece = this.#pieces[low - 1]
    if (!piece) return null
    const within = offset - piece.at
    return within < piece.bytes.length ? piece.bytes.subarray(within, within + most) : null
  }

  /** Tells all who wait that there is more, or an end. */
  wake(): void {
    this.#grown.resolve()
    this.#grown = deferred()
  }

  /** Resolves at the next `wake`, or when the signal aborts. */
  async grown(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    let stop: () => void = () => undefined
    const aborted = new Promise<void>((resolve) => (stop = resolve))
    signal.addEventListener('abort', stop, { once: true })
    try {
      await Promise.race([this.#grown.promise, aborted])
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }
}

interface Deferred {
  readonly promise: Promise<void>
  readonly resolve: () => void
}

function deferred(): Deferred {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve }
}
