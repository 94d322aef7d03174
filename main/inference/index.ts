import path from 'node:path'
import type { ToModels } from '../engine/models/index.ts'
import { type Request, servedProcess, serveRpc, startWorker } from '../platform/processes/index.ts'
import { InferenceService, type ModelAnswer, type ModelCall } from './service.ts'

// Entry of the process that holds the models and the pixels: a runtime that crashes or hangs takes only this with it.

const [modelsFolder = ''] = process.argv.slice(2)
const models = startWorker<ModelCall, ModelAnswer>(path.join(import.meta.dirname, 'inference-worker.js'), {
  workerData: modelsFolder,
  onExit: end,
})
const parent = servedProcess(end)
const service = new InferenceService(models)
const receive = serveRpc<ToModels, unknown>(
  (message) => service.handle(message),
  (message) => parent.send(message),
)
parent.onMessage((message) => receive(message as Request))

// Only its parent ends it: a signal to the whole process group, such as Ctrl+C, must not.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

/**
 * At once: on an orderly exit a thread inside of a model would abort the process with an error. The decoders are guarded,
 * and end with it.
 */
function end(): void {
  process.kill(process.pid, 'SIGKILL')
}
