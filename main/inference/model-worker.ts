import { workerData } from 'node:worker_threads'
import { serveWorker } from '../platform/processes/index.ts'
import { Detector } from './detector.ts'
import { Embedder } from './embedder.ts'
import { Reader } from './reading/reader.ts'
import type { ModelAnswer, ModelCall } from './service.ts'

// Entry of the thread that runs the models. A model blocks its thread, and the decoders' output has to be read meanwhile.
const modelsFolder = String(workerData)
const detector = new Detector(modelsFolder)
const embedder = new Embedder(modelsFolder)
const reader = new Reader(modelsFolder)

async function run({ pixels, request }: ModelCall): Promise<ModelAnswer> {
  if (request.kind === 'detect') return detector.detect(pixels, request.minimumConfidence)
  if (request.kind === 'embed') return embedder.embed(pixels, request.boxes)
  return reader.read(pixels, request.boxes)
}

/** One after the other: each model reuses its input's memory. */
let last: Promise<unknown> = Promise.resolve()

serveWorker<ModelCall, ModelAnswer>((call) => {
  const answer = last.then(() => run(call))
  last = answer.catch(() => {})
  return answer
})
