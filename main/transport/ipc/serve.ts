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
  z.strictObject({ id: z.int(), name: z.string(), input: z.unknown() }),
])

export interface PortOptions {
  readonly operations: Operations
  readonly caller: () => Caller
  /** Told of failures that nobody foresaw. */
  readonly onInternalError: (error: EngineError, name: string) => void
}

/**
 * Serves operations over a port: `{id, name, input}` is answered by `{id, output}` or `{id, error}`, a stream by
 * `{id, event}` … `{id, end}`. `{id, cancel: true}` ends what runs; so does closing the port.
 */
export function servePort(port: Port, options: PortOptions): void {
  const running = new Map<number, AbortController>()
  port.onClose(() => {
    for (const aborter of running.values()) aborter.abort()
  })
  port.onMessage((message) => {
    const parsed = Request.safeParse(message)
    if (!parsed.success) return
    const request = parsed.data
    if ('cancel' in request) running.get(request.id)?.abort()
    else void answer(port, options, running, request)
  })
}

async function answer(
  port: Port,
  { operations, caller, onInternalError }: PortOptions,
  running: Map<number, AbortController>,
  { id, name, input }: { id: number; name: string; input?: unknown },
): Promise<void> {
  const aborter = new AbortController()
  running.set(id, aborter)
  try {
    const call = { signal: aborter.signal, caller: caller() }
    const operation = operations.find(name)
    if (operation?.kind === 'stream') {
      for await (const event of operations.follow(operation, input, call)) port.postMessage({ id, event })
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
