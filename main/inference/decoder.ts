import { EngineError } from '../contract/errors.ts'
import type { FrameDecoder } from '../engine/models/index.ts'
import { runFfmpeg } from '../platform/ffmpeg/index.ts'
import type { Pixels } from './pixels.ts'

/** Frames decoded ahead of the reader: enough that neither waits for the other, few enough for the memory. */
const AHEAD = 3

/** A running decoder, with its frames that are not released yet. */
export class Decoder {
  readonly #source: FrameDecoder
  readonly #abort = new AbortController()
  readonly #unreleased = new Map<number, Pixels>()
  /** Positions of frames that were not read yet. */
  readonly #ready: number[] = []
  /** Memory of released frames, to be reused. */
  readonly #free: Pixels[] = []
  #filling: Pixels
  #filled = 0
  #count = 0
  #outcome: { error: unknown } | 'ended' | null = null
  #wakeReader: (() => void) | null = null
  #wakeDecoder: (() => void) | null = null

  constructor(source: FrameDecoder) {
    this.#source = source
    this.#filling = this.#memory()
    const { program, args, silenceLimitMs } = source
    runFfmpeg({ ffmpeg: program }, args, {
      ...{ signal: this.#abort.signal, silenceLimitMs, stdout: 'stream' as const, guarded: true },
      onStdout: (chunk) => this.#take(chunk),
    })
      .then(() => this.#finish(this.#filled === 0 ? 'ended' : { error: torn() }))
      .catch((error: unknown) => this.#finish({ error }))
  }

  /**
   * Waits for the next frame.
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
  frame(position: number): Pixels {
    const pixels = this.#unreleased.get(position)
    if (!pixels) throw new EngineError('not_found', 'This frame was released.')
    return pixels
  }

  release(position: number): void {
    const pixels = this.#unreleased.get(position)
    if (!pixels) return
    this.#unreleased.delete(position)
    if (this.#free.length < AHEAD) this.#free.push(pixels)
  }

  /** Ends the program at once, and frees all frames. */
  close(): void {
    this.#abort.abort()
    this.#unreleased.clear()
    this.#ready.length = 0
    this.#free.length = 0
    this.#wakeDecoder?.()
  }

  /** Cuts the stream into frames; returns a promise when the reader is far behind. */
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
    this.#unreleased.set(position, this.#filling)
    this.#ready.push(position)
    this.#filling = this.#memory()
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

  #memory(): Pixels {
    const { width, height } = this.#source
    return this.#free.pop() ?? { data: new Uint8Array(new SharedArrayBuffer(width * height * 3)), width, height }
  }
}

function torn(): EngineError {
  return new EngineError('media_failed', 'The decoder ended in the middle of a picture.')
}
