import { EngineError } from '../../contract/errors.ts'
import { fromThreadError, type ServiceProcess, type StartProcess } from '../../platform/processes/index.ts'
import type { FromModels, LookAnswers, LookRequest, ToModels } from './messages.ts'
import type { Models, Picture, PictureDecoder } from './models.ts'

export interface ModelsOptions {
  readonly start: StartProcess
  /** The built entry of the models' process. */
  readonly entryFile: string
  /** Holds the models' files. */
  readonly modelsFolder: string
  /** What is not answered for so long means that the process hangs. */
  readonly answerLimitMs?: number
  /** Without anything to decode for so long, it ends: models take a lot of memory. */
  readonly idleLimitMs?: number
}

const ANSWER_LIMIT_MS = 60_000
/** Bridges the gap between one task and the next (PI-55). */
const IDLE_LIMIT_MS = 1000

/** Starts the models' process when it is first needed, and anew after it died or hung. */
export class ModelClient implements Models {
  readonly #options: ModelsOptions
  #connection: Connection | null = null
  #decoders = 0
  #idle: NodeJS.Timeout | undefined
  #closed = false

  constructor(options: ModelsOptions) {
    this.#options = options
  }

  async *decode(source: PictureDecoder, signal?: AbortSignal): AsyncIterable<Picture> {
    if (signal?.aborted) throw cancelled()
    const connection = this.#connect()
    const decoder = connection.open(source)
    const { promise: aborted, stop } = rejectedOn(signal)
    clearTimeout(this.#idle)
    this.#decoders += 1
    const held = new HeldPictures()
    try {
      for (;;) {
        const next = connection.next(decoder, source.silenceLimitMs)
        const position = await Promise.race([next, aborted])
        if (position === null) break
        yield new RemotePicture(connection, decoder, source, position, held.take())
      }
      // They end with the decoder: the last of them may still be looked at.
      await Promise.race([held.released(), aborted])
    } finally {
      stop()
      connection.closeDecoder(decoder)
      this.#decoders -= 1
      if (this.#decoders === 0) this.#endWhenIdle()
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#idle)
    await this.#connection?.end(new EngineError('unavailable', 'Fieldreel is closing.'))
  }

  #connect(): Connection {
    if (this.#closed) throw new EngineError('unavailable', 'Fieldreel is closing.')
    if (!this.#connection || this.#connection.ended) this.#connection = new Connection(this.#options)
    return this.#connection
  }

  #endWhenIdle(): void {
    const end = (): void => void this.#connection?.end(new EngineError('unavailable', 'The picture was let go.'))
    clearTimeout(this.#idle)
    this.#idle = setTimeout(end, this.#options.idleLimitMs ?? IDLE_LIMIT_MS)
  }
}

/** Counts the pictures that are not released yet. */
class HeldPictures {
  #count = 0
  #onNone: (() => void) | null = null

  /** @returns to be called when that picture is released. */
  take(): () => void {
    this.#count += 1
    return () => {
      this.#count -= 1
      if (this.#count === 0) this.#onNone?.()
    }
  }

  async released(): Promise<void> {
    if (this.#count > 0) await new Promise<void>((resolve) => (this.#onNone = resolve))
  }
}

class RemotePicture implements Picture {
  readonly width: number
  readonly height: number
  #isReleased = false

  constructor(
    private readonly connection: Connection,
    private readonly decoder: number,
    { width, height }: PictureDecoder,
    readonly position: number,
    private readonly onRelease: () => void,
  ) {
    this.width = width
    this.height = height
  }

  detect({ minimumConfidence }: { minimumConfidence: number }) {
    return this.#look({ kind: 'detect', minimumConfidence })
  }

  read(boxes: Parameters<Picture['read']>[0]) {
    return this.#look({ kind: 'read', boxes })
  }

  embed(boxes: Parameters<Picture['embed']>[0]) {
    return this.#look({ kind: 'embed', boxes })
  }

  release(): void {
    if (this.#isReleased) return
    this.#isReleased = true
    this.onRelease()
    this.connection.send({ kind: 'release', decoder: this.decoder, position: this.position })
  }

  #look<K extends LookRequest['kind']>(request: Extract<LookRequest, { kind: K }>): Promise<LookAnswers[K]> {
    return this.connection.look(this.decoder, this.position, request)
  }
}

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: EngineError) => void
  readonly limit: NodeJS.Timeout
}

/** One life of the process. */
class Connection {
  readonly #process: ServiceProcess
  readonly #answerLimitMs: number
  readonly #waiting = new Map<number, Waiting>()
  readonly #exited: Promise<void>
  #ended: EngineError | null = null
  #numbers = 0

  constructor({ start, entryFile, modelsFolder, answerLimitMs = ANSWER_LIMIT_MS }: ModelsOptions) {
    this.#answerLimitMs = answerLimitMs
    this.#process = start(entryFile, [modelsFolder])
    this.#process.onMessage((message) => this.#receive(message as FromModels))
    this.#exited = new Promise((resolve) => {
      this.#process.onExit(() => {
        this.#fail(
          new EngineError('unavailable', 'The models’ process ended unexpectedly. The next try starts it anew.'),
        )
        resolve()
      })
    })
  }

  get ended(): boolean {
    return this.#ended !== null
  }

  open(source: PictureDecoder): number {
    const decoder = ++this.#numbers
    this.send({ kind: 'open', decoder, source })
    return decoder
  }

  next(decoder: number, silenceLimitMs: number): Promise<number | null> {
    // the decoder's own silence is judged over there
    const limitMs = this.#answerLimitMs + silenceLimitMs
    return this.#ask((id) => ({ kind: 'next', id, decoder }), limitMs) as Promise<number | null>
  }

  look<K extends LookRequest['kind']>(
    decoder: number,
    position: number,
    request: Extract<LookRequest, { kind: K }>,
  ): Promise<LookAnswers[K]> {
    const answer = this.#ask((id) => ({ kind: 'look', id, decoder, position, request }), this.#answerLimitMs)
    return answer as Promise<LookAnswers[K]>
  }

  closeDecoder(decoder: number): void {
    this.send({ kind: 'close', decoder })
  }

  send(message: ToModels): void {
    if (!this.#ended) this.#process.send(message)
  }

  /** Ends the process; whoever waits gets `reason`. Resolves when it is gone. */
  async end(reason: EngineError): Promise<void> {
    this.#fail(reason)
    this.#process.kill()
    await this.#exited
  }

  #ask(message: (id: number) => ToModels, limitMs: number): Promise<unknown> {
    if (this.#ended) return Promise.reject(this.#ended)
    const id = ++this.#numbers
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => void this.end(hung()), limitMs)
      this.#waiting.set(id, { resolve, reject, limit })
      this.send(message(id))
    })
  }

  #receive(message: FromModels): void {
    const waiting = this.#waiting.get(message.id)
    if (!waiting) return
    this.#waiting.delete(message.id)
    clearTimeout(waiting.limit)
    if (message.kind === 'answer') waiting.resolve(message.answer)
    else waiting.reject(fromThreadError(message.error))
  }

  /** The first reason stays: a process that was ended also exits. */
  #fail(reason: EngineError): void {
    this.#ended ??= reason
    for (const { reject, limit } of this.#waiting.values()) {
      clearTimeout(limit)
      reject(this.#ended)
    }
    this.#waiting.clear()
  }
}

/** A promise that only ever rejects, when the signal says so. */
function rejectedOn(signal: AbortSignal | undefined): { promise: Promise<never>; stop: () => void } {
  let reject: (error: EngineError) => void = () => {}
  const promise = new Promise<never>((_, no) => (reject = no))
  promise.catch(() => {}) // raced against, or nobody waits any more
  const abort = (): void => reject(cancelled())
  signal?.addEventListener('abort', abort, { once: true })
  return { promise, stop: () => signal?.removeEventListener('abort', abort) }
}

function cancelled(): EngineError {
  return new EngineError('cancelled', 'Cancelled.')
}

function hung(): EngineError {
  return new EngineError(
    'unavailable',
    'The models’ process did not answer and was ended. The next try starts it anew.',
  )
}
