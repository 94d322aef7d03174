import { EngineError } from '../../contract/errors.ts'
import { type Reply, RpcClient, type ServiceProcess, type StartProcess } from '../../platform/processes/index.ts'
import type { ModelAnswers, ModelRequest, ToModels } from './messages.ts'
import type { FrameDecoder } from './models.ts'

export interface ModelsOptions {
  readonly start: StartProcess
  /** The built entry of the models' process. */
  readonly entryFile: string
  /** Holds the models' files. */
  readonly modelsFolder: string
  /** A request without an answer for so long means that the process hangs. */
  readonly answerLimitMs?: number
  /** Without a decoder for so long, the process ends: models take a lot of memory. */
  readonly idleLimitMs?: number
}

const ANSWER_LIMIT_MS = 60_000

/** One run of the models' process. */
export class Connection {
  readonly #process: ServiceProcess
  readonly #client: RpcClient<ToModels, unknown>
  readonly #answerLimitMs: number
  readonly #exited: Promise<void>
  #decoders = 0

  constructor({ start, entryFile, modelsFolder, answerLimitMs = ANSWER_LIMIT_MS }: ModelsOptions) {
    this.#answerLimitMs = answerLimitMs
    this.#process = start(entryFile, [modelsFolder])
    this.#client = new RpcClient((message) => this.#process.send(message))
    this.#process.onMessage((message) => this.#client.receive(message as Reply))
    this.#exited = new Promise((resolve) => {
      this.#process.onExit(() => {
        this.#client.end(unavailable('The models’ process ended unexpectedly. The next try starts it anew.'))
        resolve()
      })
    })
  }

  get isEnded(): boolean {
    return this.#client.isEnded
  }

  open(source: FrameDecoder): number {
    const decoder = ++this.#decoders
    this.tell({ kind: 'open', decoder, source })
    return decoder
  }

  next(decoder: number, silenceLimitMs: number): Promise<number | null> {
    // The models' process itself ends a decoder that is silent for too long.
    return this.#ask({ kind: 'next', decoder }, this.#answerLimitMs + silenceLimitMs) as Promise<number | null>
  }

  run<K extends ModelRequest['kind']>(
    decoder: number,
    position: number,
    request: Extract<ModelRequest, { kind: K }>,
  ): Promise<ModelAnswers[K]> {
    const answer = this.#ask({ kind: 'model', decoder, position, request }, this.#answerLimitMs)
    return answer as Promise<ModelAnswers[K]>
  }

  /** Sends what needs no answer. */
  tell(message: ToModels): void {
    this.#client.request(message).catch(() => undefined)
  }

  /** Ends the process; what waits is rejected with `reason`. Resolves when it is gone. */
  async end(reason: EngineError): Promise<void> {
    this.#client.end(reason)
    this.#process.kill()
    await this.#exited
  }

  async #ask(message: ToModels, limitMs: number): Promise<unknown> {
    const limit = setTimeout(
      () =>
        void this.end(unavailable('The models’ process did not answer and was ended. The next try starts it anew.')),
      limitMs,
    )
    try {
      return await this.#client.request(message)
    } finally {
      clearTimeout(limit)
    }
  }
}

export function unavailable(message: string): EngineError {
  return new EngineError('unavailable', message)
}
