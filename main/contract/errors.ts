/**
 * Every way an operation can fail, by name. A transport owns how a code looks on its wire
 * (HTTP status, vendor code); the engine only ever says which of these happened.
 */
export const ERROR_CODES = [
  'invalid_input',
  'malformed',
  'reserved_name',
  'unauthenticated',
  'key_expired',
  'forbidden',
  'not_found',
  'conflict',
  'too_large',
  'rate_limited',
  'body_mismatch',
  'url_refused',
  'incomplete_upload',
  'max_retries_exceeded',
  'offset_out_of_range',
  'time_out_of_range',
  'invalid_video',
  'truncated_video',
  'storage_full',
  'storage_refused',
  'library_damaged',
  'source_missing',
  'source_changed',
  'media_failed',
  'cancelled',
  'unavailable',
  'internal',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

/** The only error that crosses a process, port or network border. `message` is fit for a person to read. */
export class EngineError extends Error {
  override readonly name = 'EngineError'

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** Anything thrown, as an EngineError; what we did not foresee becomes `internal` and keeps its cause for the log. */
export function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error
  if (error instanceof Error && error.name === 'AbortError') {
    return new EngineError('cancelled', 'Cancelled.', null, { cause: error })
  }
  return new EngineError('internal', 'Something failed inside Fieldreel. The log has the details.', null, {
    cause: error,
  })
}
