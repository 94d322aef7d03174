import { EngineError } from '../../contract/errors.ts'
import { fromThreadError, type Reply, type Request } from './messages.ts'

/** How one request is watched and ended. */
export interface RpcCall<P> {
  signal?: AbortSignal | undefined
  onProgress?: ((progress: P) => void) | undefined
  /** Memory handed over instead of copied; the caller may not touch it afterwards. Between threads only. */
  transfer?: readonly ArrayBuffer[] | undefined
}

interface Pending {
  resolve: (result: unknown) => void
  reject: (error: EngineError) => void
  onProgress: ((progress: unknown) => void) | undefined
}

/** The calling side of `serveRpc`, over any channel that carries messages in order. Several requests may run at once. */
export class RpcClient<Q, R, P = never> {
  readonly #pending = new Map<number, Pending>()
  readonly #post: (message: Request, transfer?: readonly ArrayBuffer[]) => void
  #nextId = 1
  #ended: EngineError | null = null

  constructor(post: (message: Request, transfer?: readonly ArrayBuffer[]) => void) {
    this.#post = post
  }

  /** Whether the other side has ended: every request is rejected. */
  get isEnded(): boolean {
    return this.#ended !== null
  }

  /** @throws EngineError from the handler; `cancelled` on abort; the reason of `end`. */
  request(payload: Q, { signal, onProgress, transfer }: RpcCall<P> = {}): Promise<R> {
    if (signal?.aborted) return Promise.reject(new EngineError('cancelled', 'Cancelled.'))
    if (this.#ended) return Promise.reject(this.#ended)
    const id = this.#nextId++
    const cancel = (): void => this.#post({ kind: 'cancel', id })
    const answer = new Promise<unknown>((resolve, reject) => {
      // The handler decides the types; `Q`, `R` and `P` are what the caller expects of it.
      this.#pending.set(id, { resolve, reject, onProgress: onProgress as Pending['onProgress'] })
    })
    signal?.addEventListener('abort', cancel, { once: true })
    this.#post({ kind: 'request', id, payload }, transfer)
    return answer.finally(() => signal?.removeEventListener('abort', cancel)) as Promise<R>
  }

  /** To be called with every message from the other side. */
  receive(message: Reply): void {
    const pending = this.#pending.get(message.id)
    if (!pending) return
    if (message.kind === 'progress') return pending.onProgress?.(message.progress)
    this.#pending.delete(message.id)
    if (message.kind === 'result') return pending.resolve(message.result)
    pending.reject(fromThreadError(message.error))
  }

  /** Rejects what waits and all that comes. The first reason stays: a side that was ended also exits. */
  end(reason: EngineError): void {
    this.#ended ??= reason
    for (const pending of this.#pending.values()) pending.reject(this.#ended)
    this.#pending.clear()
  }
}
