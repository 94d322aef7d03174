import type { z } from 'zod'
import {
  EngineError,
  type ErrorCode,
  type Operation,
  shownValue,
  type StreamOperation,
} from '../../../main/contract/index.ts'
import { PORT_MESSAGE } from '../../../preload/bridge.ts'
import { bridge } from './bridge.ts'
import type { Engine } from './client.ts'

interface Failure {
  readonly code: ErrorCode
  readonly message: string
  readonly details: Readonly<Record<string, unknown>> | null
}

type FromEngine = { readonly id: number } & (
  { readonly output: unknown } | { readonly error: Failure } | { readonly event: unknown } | { readonly end: true }
)

interface Waiting {
  resolve(output: unknown): void
  reject(error: EngineError): void
  onEvent(event: unknown): void
}

/**
 * The page's end of the engine's port: operations by their contract, answers typed by it. Texts come in fit to be shown:
 * no name of a file reaches a part of the page with a right-to-left override in it.
 */
export class PortClient implements Engine {
  readonly #port: Promise<MessagePort>
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0

  constructor(port: Promise<MessagePort>) {
    this.#port = port
    void port.then((opened) => {
      opened.onmessage = ({ data }: MessageEvent<FromEngine>) => this.#receive(shownValue(data))
    })
  }

  async run<I extends z.ZodType, O extends z.ZodType>(
    operation: Operation<I, O>,
    input: z.input<I>,
    signal?: AbortSignal,
  ): Promise<z.output<O>> {
    return (await this.#ask(operation.name, input, signal)) as z.output<O>
  }

  async read<I extends z.ZodType, E extends z.ZodType>(
    operation: StreamOperation<I, E>,
    input: z.input<I>,
    take: (event: z.output<E>) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    await this.#ask(operation.name, input, signal, (event) => take(event as z.output<E>))
  }

  follow<I extends z.ZodType, E extends z.ZodType>(
    operation: StreamOperation<I, E>,
    input: z.input<I>,
    onEvent: (event: z.output<E>) => void,
    onEnd?: (error: EngineError | null) => void,
  ): () => void {
    const aborter = new AbortController()
    const { signal } = aborter
    this.read(operation, input, onEvent, signal).then(
      () => signal.aborted || onEnd?.(null),
      (error: unknown) => signal.aborted || onEnd?.(error as EngineError),
    )
    return () => aborter.abort()
  }

  async #ask(name: string, input: unknown, signal?: AbortSignal, take?: (event: unknown) => void): Promise<unknown> {
    const id = (this.#lastId += 1)
    const answer = new Promise<unknown>((resolve, reject) => {
      const onEvent = (event: unknown): void => {
        if (signal?.aborted) return
        take?.(event)
        void this.#send({ id, taken: true })
      }
      this.#waiting.set(id, { resolve, reject, onEvent })
    })
    this.#send({ id, name, input }).catch((cause: unknown) => {
      // What no port can carry never reaches the engine, which could then not answer.
      this.#waiting.get(id)?.reject(new EngineError('invalid_input', 'This cannot be sent.', null, { cause }))
      this.#waiting.delete(id)
    })
    const callOff = (): void => void this.#send({ id, cancel: true })
    if (signal?.aborted) callOff()
    signal?.addEventListener('abort', callOff, { once: true })
    try {
      return await answer
    } finally {
      signal?.removeEventListener('abort', callOff)
    }
  }

  async #send(message: unknown): Promise<void> {
    ;(await this.#port).postMessage(message)
  }

  #receive(message: FromEngine): void {
    const waiting = this.#waiting.get(message.id)
    if (!waiting) return
    if ('event' in message) {
      waiting.onEvent(message.event)
      return
    }
    this.#waiting.delete(message.id)
    if ('error' in message) {
      const { code, message: text, details } = message.error
      waiting.reject(new EngineError(code, text, details))
    } else waiting.resolve('output' in message ? message.output : undefined)
  }
}

/** The engine's port, as the preload script hands it over. */
export function openPort(): Promise<MessagePort> {
  return new Promise((resolve) => {
    window.addEventListener('message', function receive({ data, source, ports }: MessageEvent) {
      const [port] = ports
      if (source !== window || data !== PORT_MESSAGE || !port) return
      window.removeEventListener('message', receive)
      resolve(port)
    })
    bridge.connect()
  })
}
