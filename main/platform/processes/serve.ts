import { parentPort } from 'node:worker_threads'
import { EngineError } from '../../contract/errors.ts'
import { toThreadError, type FromWorker, type ToWorker } from './messages.ts'

/** What a handler in a worker thread is told besides its request. */
export interface ServedCall<P> {
  signal: AbortSignal
  onProgress: (progress: P) => void
}

/** The other side of `startWorker`: answers each request with `handle`. Call it once, in a worker's entry file. */
export function serveWorker<Q, R, P = never>(handle: (payload: Q, call: ServedCall<P>) => Promise<R>): void {
  const port = parentPort
  if (!port) throw new EngineError('internal', 'This file runs as a worker thread only.')
  const running = new Map<number, AbortController>()
  const send = (message: FromWorker): void => port.postMessage(message)

  const answer = async (id: number, payload: Q): Promise<void> => {
    const controller = new AbortController()
    running.set(id, controller)
    const onProgress = (progress: P): void => send({ kind: 'progress', id, progress })
    try {
      send({ kind: 'result', id, result: await handle(payload, { signal: controller.signal, onProgress }) })
    } catch (error) {
      send({ kind: 'error', id, error: toThreadError(error) })
    } finally {
      running.delete(id)
    }
  }

  port.on('message', (message: ToWorker) => {
    if (message.kind === 'cancel') running.get(message.id)?.abort()
    else void answer(message.id, message.payload as Q)
  })
}
