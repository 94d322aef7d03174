/** One event of a stream, and where it stands in it. */
export interface SseEvent {
  /** What follows `data:`. */
  readonly data: string
  /** Bytes of the stream before the event; what a client that reconnects would send as Last-Event-ID. */
  readonly offset: number
  /** Bytes of the event, with the blank line that ends it. */
  readonly length: number
}

const LF = 0x0a
/** PI-40 */
const PREFIX = 'data:'

/**
 * Takes a stream apart into its events, however its bytes are cut into pieces. Bytes, not text: a piece may end inside a
 * character, and places in the stream are counted in bytes.
 */
export class SseParser {
  #rest = new Uint8Array(0)
  #offset: number
  readonly #decoder = new TextDecoder()

  /** @param offset where in the stream the first byte stands */
  constructor(offset = 0) {
    this.#offset = offset
  }

  /** Bytes taken so far: where to go on reading. */
  get position(): number {
    return this.#offset + this.#rest.length
  }

  /** @returns the events that these bytes complete, in order. */
  push(bytes: Uint8Array): SseEvent[] {
    const all = this.#rest.length === 0 ? bytes : joined(this.#rest, bytes)
    const events: SseEvent[] = []
    let start = 0
    // What was kept has been searched: only its last byte may be the first half of a blank line.
    let from = Math.max(0, this.#rest.length - 1)
    for (;;) {
      const end = blankLine(all, from)
      if (end === -1) break
      const data = dataOf(this.#decoder.decode(all.subarray(start, end - 2)))
      if (data !== null) events.push({ data, offset: this.#offset + start, length: end - start })
      start = from = end
    }
    this.#offset += start
    this.#rest = all.slice(start)
    return events
  }
}

/** Index behind the first blank line at or after `from`, or -1. */
function blankLine(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(LF, from); at !== -1; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return at + 2
  }
  return -1
}

function dataOf(event: string): string | null {
  const lines = event.split('\n').filter((line) => line.startsWith(PREFIX))
  if (lines.length === 0) return null
  return lines.map((line) => line.slice(line[PREFIX.length] === ' ' ? PREFIX.length + 1 : PREFIX.length)).join('\n')
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const all = new Uint8Array(one.length + other.length)
  all.set(one)
  all.set(other, one.length)
  return all
}
