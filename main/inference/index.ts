import path from 'node:path'
import type { LookAnswers, ToModels } from '../engine/models/index.ts'
import { servedProcess, startWorker } from '../platform/processes/index.ts'
import type { Look } from './look.ts'
import { InferenceService } from './service.ts'

// Entry of the process that holds the models and the pixels: a runtime that crashes or hangs takes only this with it.

const [modelsFolder = ''] = process.argv.slice(2)
const models = startWorker<Look, LookAnswers[keyof LookAnswers]>(
  path.join(import.meta.dirname, 'inference-worker.js'),
  { workerData: modelsFolder, onExit: end },
)
const parent = servedProcess(end)
const service = new InferenceService(models, (message) => parent.send(message))
parent.onMessage((message) => service.receive(message as ToModels))

// Its parent ends it, in its own time: a signal to all of ours is not meant for it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

/**
 * Outright: ended in order, a thread in the middle of a model would abort the process with an error. The decoders are
 * guarded, and end with it.
 */
function end(): void {
  process.kill(process.pid, 'SIGKILL')
}
