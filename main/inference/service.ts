import { EngineError } from '../contract/errors.ts'
import type { ModelAnswers, ModelRequest, ToModels } from '../engine/models/index.ts'
import type { WorkerClient } from '../platform/processes/index.ts'
import { Decoder } from './decoder.ts'
import type { Pixels } from './pixels.ts'

/** What the thread of the models is asked. The pixels are shared memory. */
export interface ModelCall {
  readonly pixels: Pixels
  readonly request: ModelRequest
}

export type ModelAnswer = ModelAnswers[keyof ModelAnswers]

/** Answers the process that started this one: decoders here, models in a thread beside. */
export class InferenceService {
  readonly #decoders = new Map<number, Decoder>()

  constructor(private readonly models: WorkerClient<ModelCall, ModelAnswer, never>) {}

  async handle(message: ToModels): Promise<ModelAnswer | number | null> {
    switch (message.kind) {
      case 'open':
        this.#decoders.set(message.decoder, new Decoder(message.source))
        return null
      case 'next':
        return await this.#decoder(message.decoder).next()
      case 'model': {
        const { request, decoder, position } = message
        return await this.models.request({ pixels: this.#decoder(decoder).frame(position), request })
      }
      case 'release':
        this.#decoders.get(message.decoder)?.release(message.position)
        return null
      case 'close':
        this.#decoders.get(message.decoder)?.close()
        this.#decoders.delete(message.decoder)
        return null
    }
  }

  #decoder(id: number): Decoder {
    const decoder = this.#decoders.get(id)
    if (!decoder) throw new EngineError('cancelled', 'Cancelled.')
    return decoder
  }
}
