import { Worker } from 'node:worker_threads'
import { EngineError } from '../../contract/errors.ts'
import type { Reply } from './messages.ts'
import { RpcClient } from './rpc-client.ts'

/** A thread that answers requests of one kind; `internal` errors mean that it died or was closed. */
export interface WorkerClient<Q, R, P> extends Pick<RpcClient<Q, R, P>, 'request' | 'isEnded'> {
  /** Ends the thread; pending requests are rejected. Calling it again changes nothing. */
  close(): Promise<void>
}

export interface WorkerOptions {
  workerData?: unknown
  /** Room for what lives shortly; little of it for a thread that is handed many small buffers, which are let go sooner. */
  youngMegabytes?: number
  onExit?: () => void
}

/** Starts a worker thread from a built entry file that calls `serveWorker`. */
export function startWorker<Q, R, P = never>(
  entryFile: string,
  { workerData, youngMegabytes, onExit }: WorkerOptions = {},
): WorkerClient<Q, R, P> {
  const resourceLimits = youngMegabytes === undefined ? {} : { maxYoungGenerationSizeMb: youngMegabytes }
  const thread = new Worker(entryFile, { workerData, resourceLimits })
  const client = new RpcClient<Q, R, P>((message, transfer = []) => thread.postMessage(message, transfer))
  const end = (message: string, cause?: unknown): void =>
    client.end(new EngineError('internal', message, null, { cause }))
  if (onExit) thread.on('exit', onExit)
  thread.on('message', (message: Reply) => client.receive(message))
  thread.on('error', (cause: unknown) => end('A worker failed.', cause))
  thread.on('messageerror', (cause) => end('A worker garbled.', cause))
  thread.on('exit', (code) => end(`A worker ended (code ${code}).`))
  return {
    request: (payload, call) => client.request(payload, call),
    get isEnded() {
      return client.isEnded
    },
    async close() {
      end('The worker was closed.')
      await thread.terminate()
    },
  }
}
