import { raceAbort } from '../../base/abortable.ts'
import { partitionPoint } from '../../base/binary-search.ts'

/** Bytes of the newest events that are kept in memory, so that live readers do not each read the disk. */
const KEPT_BYTES = 1_048_576

/** The newest events of a growing stream, shared by all of its readers, and what wakes them. */
export class Tail {
  #pieces: { readonly at: number; readonly bytes: Buffer }[] = []
  #keptBytes = 0
  #grown = deferred()

  /** @param at offset in the stream, where the piece before ended. */
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
    const after = partitionPoint(this.#pieces.length, (at) => (this.#pieces[at]?.at ?? Infinity) <= offset)
    const piece = this.#pieces[after - 1]
    if (!piece) return null
    const within = offset - piece.at
    return within < piece.bytes.length ? piece.bytes.subarray(within, within + most) : null
  }

  /** Wakes all waiting readers: there is more, or the end. */
  wake(): void {
    this.#grown.resolve()
    this.#grown = deferred()
  }

  /** Resolves at the next `wake`, or when the signal aborts. */
  async grown(signal: AbortSignal): Promise<void> {
    await raceAbort(this.#grown.promise, signal).catch(() => undefined)
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
