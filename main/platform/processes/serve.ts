import { parentPort } from 'node:worker_threads'
import { EngineError } from '../../contract/errors.ts'
import { toThreadError, type Reply, type Request } from './messages.ts'

/** What a handler gets besides its request. */
export interface ServedCall<P> {
  signal: AbortSignal
  onProgress: (progress: P) => void
}

type Handler<Q, R, P> = (payload: Q, call: ServedCall<P>) => Promise<R> | R

/** The other side of `RpcClient`: answers each request with `handle`. @returns to be called with every message. */
export function serveRpc<Q, R, P = never>(
  handle: Handler<Q, R, P>,
  send: (message: Reply) => void,
): (message: Request) => void {
  const running = new Map<number, AbortController>()

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

  return (message) => {
    if (message.kind === 'cancel') running.get(message.id)?.abort()
    else void answer(message.id, message.payload as Q)
  }
}

/** The other side of `startWorker`. Call it once, in a worker's entry file. */
export function serveWorker<Q, R, P = never>(handle: Handler<Q, R, P>): void {
  const port = parentPort
  if (!port) throw new EngineError('internal', 'This file runs as a worker thread only.')
  port.on(
    'message',
    serveRpc(handle, (message) => port.postMessage(message)),
  )
}
