import { raceAbort } from '../../base/abortable.ts'
import { asEngineError, EngineError } from '../../contract/errors.ts'
import { Connection, type ModelsOptions, unavailable } from './connection.ts'
import type { ModelAnswers, ModelRequest } from './messages.ts'
import type { Box, DecodedFrame, FrameDecoder, Models } from './models.ts'

/** Longer than from one task to the next, and short enough that no process outlives its task (PI-55). */
const IDLE_LIMIT_MS = 1000

/** Starts the models' process when it is first needed, and again after it died or hung. */
export class ModelClient implements Models {
  readonly #options: ModelsOptions
  #connection: Connection | null = null
  #decoders = 0
  #idle: NodeJS.Timeout | undefined
  #closed = false

  constructor(options: ModelsOptions) {
    this.#options = options
  }

  async *decode(source: FrameDecoder, signal?: AbortSignal): AsyncIterable<DecodedFrame> {
    if (signal?.aborted) throw new EngineError('cancelled', 'Cancelled.')
    const connection = this.#connect()
    const decoder = connection.open(source)
    clearTimeout(this.#idle)
    this.#decoders += 1
    const unreleased = new UnreleasedFrames()
    try {
      for (;;) {
        const position = await raceAbort(connection.next(decoder, source.silenceLimitMs), signal)
        if (position === null) break
        yield new RemoteFrame(connection, decoder, source, position, unreleased.add())
      }
      // Frames end with their decoder, and the last ones may still be in use.
      await raceAbort(unreleased.none(), signal)
    } catch (error) {
      throw asEngineError(error)
    } finally {
      connection.tell({ kind: 'close', decoder })
      this.#decoders -= 1
      if (this.#decoders === 0) this.#endWhenIdle()
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#idle)
    await this.#connection?.end(unavailable('Fieldreel is closing.'))
  }

  #connect(): Connection {
    if (this.#closed) throw unavailable('Fieldreel is closing.')
    if (!this.#connection || this.#connection.isEnded) this.#connection = new Connection(this.#options)
    return this.#connection
  }

  #endWhenIdle(): void {
    const end = (): void => void this.#connection?.end(unavailable('The frame was released.'))
    clearTimeout(this.#idle)
    this.#idle = setTimeout(end, this.#options.idleLimitMs ?? IDLE_LIMIT_MS)
  }
}

class UnreleasedFrames {
  #count = 0
  #onNone: (() => void) | null = null

  /** @returns to be called when that frame is released. */
  add(): () => void {
    this.#count += 1
    return () => {
      this.#count -= 1
      if (this.#count === 0) this.#onNone?.()
    }
  }

  /** Resolves when all are released. */
  async none(): Promise<void> {
    if (this.#count > 0) await new Promise<void>((resolve) => (this.#onNone = resolve))
  }
}

class RemoteFrame implements DecodedFrame {
  readonly width: number
  readonly height: number
  #isReleased = false

  constructor(
    private readonly connection: Connection,
    private readonly decoder: number,
    { width, height }: FrameDecoder,
    readonly position: number,
    private readonly onRelease: () => void,
  ) {
    this.width = width
    this.height = height
  }

  detect({ minimumConfidence }: { minimumConfidence: number }) {
    return this.#run({ kind: 'detect', minimumConfidence })
  }

  read(boxes: readonly Box[] | null) {
    return this.#run({ kind: 'read', boxes })
  }

  embed(boxes: readonly Box[]) {
    return this.#run({ kind: 'embed', boxes })
  }

  release(): void {
    if (this.#isReleased) return
    this.#isReleased = true
    this.onRelease()
    this.connection.tell({ kind: 'release', decoder: this.decoder, position: this.position })
  }

  #run<K extends ModelRequest['kind']>(request: Extract<ModelRequest, { kind: K }>): Promise<ModelAnswers[K]> {
    return this.connection.run(this.decoder, this.position, request)
  }
}
