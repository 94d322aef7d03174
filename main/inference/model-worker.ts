import { workerData } from 'node:worker_threads'
import type { LookAnswers } from '../engine/models/index.ts'
import { serveWorker } from '../platform/processes/index.ts'
import { Appearance } from './appearance.ts'
import { Detector } from './detector.ts'
import type { Look } from './look.ts'
import { Reader } from './reading/reader.ts'

// Entry of the thread that runs the models. A model holds up its thread, and pictures have to be taken from the
// decoders meanwhile.
const modelsFolder = String(workerData)
const detector = new Detector(modelsFolder)
const appearance = new Appearance(modelsFolder)
const reader = new Reader(modelsFolder)

async function look({ picture, request }: Look): Promise<LookAnswers[keyof LookAnswers]> {
  if (request.kind === 'detect') return detector.detect(picture, request.minimumConfidence)
  if (request.kind === 'embed') return appearance.embed(picture, request.boxes)
  return reader.read(picture, request.boxes)
}

/** One after the other: the models' inputs are used anew by each. */
let last: Promise<unknown> = Promise.resolve()

serveWorker<Look, LookAnswers[keyof LookAnswers]>((asked) => {
  const answer = last.then(() => look(asked))
  last = answer.catch(() => {})
  return answer
})
