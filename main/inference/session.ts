import path from 'node:path'
import { InferenceSession } from 'onnxruntime-node'

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

  async run(inputs: InferenceSession.OnnxValueMapType): Promise<InferenceSession.OnnxValueMapType> {
    this.#session ??= InferenceSession.create(path.join(this.folder, this.file), OPTIONS)
    return (await this.#session).run(inputs)
  }
}

/** The numbers of an output. */
export function numbersOf(outputs: InferenceSession.OnnxValueMapType, name: string): Float32Array {
  const data = outputs[name]?.data
  if (!(data instanceof Float32Array)) throw new TypeError(`The model has no output ${name} of numbers.`)
  return data
}
