import { z } from 'zod'
import { asEngineError, type EngineError } from '../../contract/index.ts'
import type { Caller, Operations } from '../../engine/operations.ts'

/** The engine's end of a message port. */
export interface Port {
  postMessage(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onClose(listener: () => void): void
}

/** What the window may send; anything else is dropped. */
const Request = z.union([
  z.strictObject({ id: z.int(), cancel: z.literal(true) }),
  z.strictObject({ id: z.int(), taken: z.literal(true) }),
  z.strictObject({ id: z.int(), name: z.string(), input: z.unknown() }),
])

/** Events of a stream that are sent before the window has taken the first of them. */
const MOST_UNTAKEN = 8

export interface PortOptions {
  readonly operations: Operations
  readonly caller: () => Caller
  /** Called with unexpected errors. */
  readonly onInternalError: (error: EngineError, name: string) => void
}

/**
 * Serves operations over a port: `{id, name, input}` is answered by `{id, output}` or `{id, error}`, a stream by
 * `{id, event}` … `{id, end}`. Each event is answered by `{id, taken: true}`: a slow window is sent no more than it
 * takes. `{id, cancel: true}` ends what runs; so does closing the port.
 */
export function servePort(port: Port, options: PortOptions): void {
  const running = new Map<number, RunningCall>()
  port.onClose(() => {
    for (const call of running.values()) call.cancel()
  })
  port.onMessage((message) => {
    const parsed = Request.safeParse(message)
    if (!parsed.success) return
    const request = parsed.data
    if ('cancel' in request) running.get(request.id)?.cancel()
    else if ('taken' in request) running.get(request.id)?.taken()
    else void answer(port, options, running, request)
  })
}

/** One question under way. */
class RunningCall {
  readonly #aborter = new AbortController()
  #untaken = 0
  #wake: () => void = () => undefined

  get signal(): AbortSignal {
    return this.#aborter.signal
  }

  cancel(): void {
    this.#aborter.abort()
    this.#wake()
  }

  /** Another event was sent. Resolves when the next one may be. */
  async sent(): Promise<void> {
    this.#untaken += 1
    while (this.#untaken >= MOST_UNTAKEN && !this.signal.aborted) {
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  taken(): void {
    this.#untaken -= 1
    this.#wake()
  }
}

async function answer(
  port: Port,
  { operations, caller, onInternalError }: PortOptions,
  running: Map<number, RunningCall>,
  { id, name, input }: { id: number; name: string; input?: unknown },
): Promise<void> {
  const asked = new RunningCall()
  running.set(id, asked)
  try {
    const call = { signal: asked.signal, caller: caller() }
    const operation = operations.find(name)
    if (operation?.kind === 'stream') {
      for await (const event of operations.follow(operation, input, call)) {
        port.postMessage({ id, event: portable(event) })
        await asked.sent()
      }
      port.postMessage({ id, end: true })
    } else if (operation && !operation.inProcess) {
      port.postMessage({ id, output: await operations.run(operation, input, call) })
    } else {
      port.postMessage({ id, error: { code: 'not_found', message: `There is no operation ${name}.`, details: null } })
    }
  } catch (error) {
    const known = asEngineError(error)
    if (known.code === 'internal') onInternalError(known, name)
    port.postMessage({ id, error: { code: known.code, message: known.message, details: known.details } })
  } finally {
    running.delete(id)
  }
}

/** A copy of these bytes alone: a port would send all of the buffer that they lie in. */
function portable(event: unknown): unknown {
  return event instanceof Uint8Array ? new Uint8Array(event) : event
}
