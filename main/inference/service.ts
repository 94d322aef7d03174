import { EngineError } from '../contract/errors.ts'
import type { FromModels, LookAnswers, ToModels } from '../engine/models/index.ts'
import { toThreadError, type WorkerClient } from '../platform/processes/index.ts'
import { Decoding } from './decoding.ts'
import type { Look } from './look.ts'

/** Answers the process that started this one: decoders here, models in a thread beside. */
export class InferenceService {
  readonly #decodings = new Map<number, Decoding>()

  constructor(
    private readonly models: WorkerClient<Look, LookAnswers[keyof LookAnswers], never>,
    private readonly send: (message: FromModels) => void,
  ) {}

  receive(message: ToModels): void {
    switch (message.kind) {
      case 'open':
        return void this.#decodings.set(message.decoder, new Decoding(message.source))
      case 'next':
        return this.#answer(message.id, () => this.#decoding(message.decoder).next())
      case 'look': {
        const { request, decoder, position } = message
        return this.#answer(message.id, () =>
          this.models.request({ picture: this.#decoding(decoder).picture(position), request }),
        )
      }
      case 'release':
        return this.#decodings.get(message.decoder)?.release(message.position)
      case 'close':
        this.#decodings.get(message.decoder)?.close()
        this.#decodings.delete(message.decoder)
    }
  }

  #answer(id: number, work: () => Promise<unknown>): void {
    const answered = async (): Promise<void> => {
      try {
        this.send({ kind: 'answer', id, answer: await work() })
      } catch (error) {
        this.send({ kind: 'failure', id, error: toThreadError(error) })
      }
    }
    void answered()
  }

  #decoding(decoder: number): Decoding {
    const decoding = this.#decodings.get(decoder)
    if (!decoding) throw new EngineError('cancelled', 'Cancelled.')
    return decoding
  }
}
