import { Worker } from 'node:worker_threads'
import { EngineError } from '../../contract/errors.ts'
import { fromThreadError, type FromWorker, type ToWorker } from './messages.ts'

/** How one request to a worker is watched and ended. */
export interface WorkerCall<P> {
  signal?: AbortSignal | undefined
  onProgress?: ((progress: P) => void) | undefined
  /** Memory handed over instead of copied; the caller may not touch it afterwards. */
  transfer?: readonly ArrayBuffer[] | undefined
}

/** A thread that answers requests of one kind; several may run at once. */
export interface WorkerClient<Q, R, P> {
  /** @throws EngineError from the handler; `cancelled` on abort; `internal` when the thread died or was closed. */
  request(payload: Q, call?: WorkerCall<P>): Promise<R>
  /** Whether the thread has died or was closed: it answers nothing any more. */
  readonly isEnded: boolean
  /** Ends the thread; whatever still waits is rejected. Calling it again changes nothing. */
  close(): Promise<void>
}

interface Pending {
  resolve: (result: unknown) => void
  reject: (error: EngineError) => void
  onProgress: ((progress: unknown) => void) | undefined
}

/** Starts a worker thread from a built entry file that calls `serveWorker`. */
export function startWorker<Q, R, P = never>(
  entryFile: string,
  { workerData, youngMegabytes, onExit }: WorkerOptions = {},
): WorkerClient<Q, R, P> {
  const resourceLimits = youngMegabytes === undefined ? {} : { maxYoungGenerationSizeMb: youngMegabytes }
  const thread = new Worker(entryFile, { workerData, resourceLimits })
  if (onExit) thread.on('exit', onExit)
  return new ThreadClient<Q, R, P>(thread)
}

export interface WorkerOptions {
  workerData?: unknown
  /** Room for what lives shortly; little of it for a thread that is handed many small buffers, which are let go sooner. */
  youngMegabytes?: number
  onExit?: () => void
}

class ThreadClient<Q, R, P> implements WorkerClient<Q, R, P> {
  readonly #thread: Worker
  readonly #pending = new Map<number, Pending>()
  #nextId = 1
  #ended: EngineError | null = null

  constructor(thread: Worker) {
    this.#thread = thread
    thread.on('message', (message: FromWorker) => this.#receive(message))
    thread.on('error', (cause: unknown) => this.#end(new EngineError('internal', 'A worker failed.', null, { cause })))
    thread.on('messageerror', (cause) => this.#end(new EngineError('internal', 'A worker garbled.', null, { cause })))
    thread.on('exit', (code) => this.#end(new EngineError('internal', `A worker ended (code ${code}).`)))
  }

  request(payload: Q, call: WorkerCall<P> = {}): Promise<R> {
    const { signal, onProgress, transfer } = call
    if (signal?.aborted) return Promise.reject(new EngineError('cancelled', 'Cancelled.'))
    if (this.#ended) return Promise.reject(this.#ended)
    const id = this.#nextId++
    const cancel = (): void => this.#send({ kind: 'cancel', id })
    const answer = new Promise<unknown>((resolve, reject) => {
      // The entry file decides the type of what it reports; `Q`, `R` and `P` are the caller's name for it.
      this.#pending.set(id, { resolve, reject, onProgress: onProgress as Pending['onProgress'] })
    })
    signal?.addEventListener('abort', cancel, { once: true })
    this.#thread.postMessage({ kind: 'request', id, payload } satisfies ToWorker, transfer)
    return answer.finally(() => signal?.removeEventListener('abort', cancel)) as Promise<R>
  }

  get isEnded(): boolean {
    return this.#ended !== null
  }

  async close(): Promise<void> {
    this.#end(new EngineError('internal', 'The worker was closed.'))
    await this.#thread.terminate()
  }

  #send(message: ToWorker, transfer: readonly ArrayBuffer[] = []): void {
    this.#thread.postMessage(message, transfer)
  }

  #receive(message: FromWorker): void {
    const pending = this.#pending.get(message.id)
    if (!pending) return
    if (message.kind === 'progress') return pending.onProgress?.(message.progress)
    this.#pending.delete(message.id)
    if (message.kind === 'result') return pending.resolve(message.result)
    pending.reject(fromThreadError(message.error))
  }

  /** The first reason stays: a closed thread also exits. */
  #end(reason: EngineError): void {
    this.#ended ??= reason
    for (const pending of this.#pending.values()) pending.reject(this.#ended)
    this.#pending.clear()
  }
}
