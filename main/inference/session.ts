import path from 'node:path'
import { InferenceSession } from 'onnxruntime-node'
import { EngineError } from '../contract/errors.ts'

/**
 * One thread, which does not spin while it waits: two cores decode, and show the window, besides.
 */
const OPTIONS: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  logSeverityLevel: 3,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
}

/** A model, loaded when it is first run. */
export class Model {
  #session: Promise<InferenceSession> | null = null

  constructor(
    private readonly folder: string,
    private readonly file: string,
  ) {}

  /** @throws EngineError `unavailable` when the model cannot be loaded. */
  async run(inputs: InferenceSession.OnnxValueMapType): Promise<InferenceSession.OnnxValueMapType> {
    this.#session ??= this.#load()
    return (await this.#session).run(inputs)
  }

  async #load(): Promise<InferenceSession> {
    try {
      return await InferenceSession.create(path.join(this.folder, this.file), OPTIONS)
    } catch (cause) {
      this.#session = null
      throw new EngineError('unavailable', `The model ${this.file} could not be loaded. Is Fieldreel set up?`, null, {
        cause,
      })
    }
  }
}

/** The numbers of an output. */
export function numbersOf(outputs: InferenceSession.OnnxValueMapType, name: string): Float32Array {
  const data = outputs[name]?.data
  if (!(data instanceof Float32Array)) throw new TypeError(`The model has no output ${name} of numbers.`)
  return data
}
