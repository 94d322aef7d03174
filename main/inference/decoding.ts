import { EngineError } from '../contract/errors.ts'
import type { PictureDecoder } from '../engine/models/index.ts'
import { runFfmpeg } from '../platform/ffmpeg/index.ts'
import type { Pixels } from './pixels.ts'

/** Pictures decoded ahead of the reader: enough that neither waits for the other, few enough to hold. */
const AHEAD = 3

/** One decoder at work, with its pictures that are not released yet. */
export class Decoding {
  readonly #source: PictureDecoder
  readonly #abort = new AbortController()
  readonly #held = new Map<number, Pixels>()
  /** Positions of those that nobody took yet. */
  readonly #ready: number[] = []
  /** Memory of released pictures, to be filled again. */
  readonly #free: Pixels[] = []
  #filling: Pixels
  #filled = 0
  #count = 0
  #outcome: { error: unknown } | 'ended' | null = null
  #wakeReader: (() => void) | null = null
  #wakeDecoder: (() => void) | null = null

  constructor(source: PictureDecoder) {
    this.#source = source
    this.#filling = this.#room()
    const { program, args, silenceLimitMs } = source
    runFfmpeg({ ffmpeg: program }, args, {
      ...{ signal: this.#abort.signal, silenceLimitMs, stdout: 'stream' as const, guarded: true },
      onStdout: (chunk) => this.#take(chunk),
    })
      .then(() => this.#finish(this.#filled === 0 ? 'ended' : { error: torn() }))
      .catch((error: unknown) => this.#finish({ error }))
  }

  /**
   * Waits for the next picture.
   * @returns its position; null after the last.
   * @throws EngineError `media_failed`, `cancelled` after `close`.
   */
  async next(): Promise<number | null> {
    while (this.#ready.length === 0) {
      if (this.#outcome === 'ended') return null
      if (this.#outcome) throw this.#outcome.error
      await new Promise<void>((resolve) => (this.#wakeReader = resolve))
    }
    const position = this.#ready.shift() ?? null
    this.#wakeDecoder?.()
    return position
  }

  /** @throws EngineError `not_found` when it was released. */
  picture(position: number): Pixels {
    const picture = this.#held.get(position)
    if (!picture) throw new EngineError('not_found', 'This picture was released.')
    return picture
  }

  release(position: number): void {
    const picture = this.#held.get(position)
    if (!picture) return
    this.#held.delete(position)
    if (this.#free.length < AHEAD) this.#free.push(picture)
  }

  /** Ends the program at once, and lets go of all pictures. */
  close(): void {
    this.#abort.abort()
    this.#held.clear()
    this.#ready.length = 0
    this.#free.length = 0
    this.#wakeDecoder?.()
  }

  /** Cuts the stream into pictures; a promise when the reader is far behind. */
  #take(chunk: Buffer): Promise<void> | undefined {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + this.#filling.data.length - this.#filled)
      this.#filling.data.set(part, this.#filled)
      at += part.length
      this.#filled += part.length
      if (this.#filled === this.#filling.data.length) this.#push()
    }
    if (this.#ready.length < AHEAD || this.#abort.signal.aborted) return undefined
    return new Promise((resolve) => {
      this.#wakeDecoder = () => {
        this.#wakeDecoder = null
        resolve()
      }
    })
  }

  #push(): void {
    const position = this.#count++
    this.#held.set(position, this.#filling)
    this.#ready.push(position)
    this.#filling = this.#room()
    this.#filled = 0
    this.#wake()
  }

  #finish(outcome: 'ended' | { error: unknown }): void {
    this.#outcome = outcome
    this.#wake()
  }

  #wake(): void {
    this.#wakeReader?.()
    this.#wakeReader = null
  }

  #room(): Pixels {
    const { width, height } = this.#source
    return this.#free.pop() ?? { data: new Uint8Array(new SharedArrayBuffer(width * height * 3)), width, height }
  }
}

function torn(): EngineError {
  return new EngineError('media_failed', 'The decoder ended in the middle of a picture.')
}
