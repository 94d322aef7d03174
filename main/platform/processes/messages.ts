import { asEngineError, EngineError } from '../../contract/errors.ts'

/** An error as it crosses a thread: structured cloning would lose its class. */
export interface ThreadError extends Pick<EngineError, 'code' | 'message' | 'details'> {
  /** Stack of what lay behind it, for the log. */
  cause: string | null
}

export function toThreadError(thrown: unknown): ThreadError {
  const { code, message, details, cause } = asEngineError(thrown)
  return { code, message, details, cause: cause instanceof Error ? (cause.stack ?? cause.message) : null }
}

export function fromThreadError({ code, message, details, cause }: ThreadError): EngineError {
  return new EngineError(code, message, details, cause === null ? {} : { cause: new Error(cause) })
}

export type Request = { kind: 'request'; id: number; payload: unknown } | { kind: 'cancel'; id: number }

export type Reply =
  | { kind: 'progress'; id: number; progress: unknown }
  | { kind: 'result'; id: number; result: unknown }
  | { kind: 'error'; id: number; error: ThreadError }
