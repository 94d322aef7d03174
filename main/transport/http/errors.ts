import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { asEngineError, EngineError, type ErrorCode } from '../../contract/index.ts'

/** How a dialect writes errors. */
export interface ErrorFormat {
  /** HTTP status and wire name of every failure there is. */
  readonly table: Readonly<Record<ErrorCode, readonly [status: number, code: string]>>
  readonly contentType: string
  /** @param refused the status, when it was no operation that failed but HTTP itself that refused the request. */
  body(error: EngineError, requestId: string, refused?: number): unknown
  /** The shape of `body`, for the published description; null when it is no JSON, which `description` then describes. */
  readonly schema: z.ZodType | null
  readonly description?: Readonly<Record<string, unknown>>
}

const Envelope = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()) }),
  request_id: z.string(),
})

/**
 * Errors as `{error: {code, message, details}, request_id}`.
 * @param refusals codes for what HTTP itself refuses, by status, where the table's code would be wrong.
 * @param meta of the schema.
 */
export function envelopeErrors(
  table: ErrorFormat['table'],
  refusals: Readonly<Record<number, string>>,
  meta: z.GlobalMeta,
): ErrorFormat {
  return {
    table,
    contentType: 'application/json; charset=utf-8',
    schema: Envelope.meta(meta),
    body: ({ code, message, details }, requestId, refused = 0) => ({
      error: { code: refusals[refused] ?? table[code][1], message, details: details ?? {} },
      request_id: requestId,
    }),
  }
}

/** What HTTP itself may answer on any route, beside what the route's own description says. */
export const GENERAL_FAILURES: Readonly<Record<number, string>> = {
  400: 'The request is malformed.',
  403: 'The key may not do that, or the request came for another host or from another site.',
  404: 'There is no such thing.',
  408: 'The headers or the body did not arrive in time.',
  413: 'The body is too large, or the disk has no room for what it asks for.',
  414: 'The URL is too long.',
  415: 'The body is no JSON, or in another charset or coding than plain UTF-8.',
  429: 'Too many requests; see Retry-After.',
  431: 'The headers are too large.',
  500: 'Something failed inside Fieldreel; its log says what.',
  503: 'Fieldreel is closing, too much is under way, or a part of it cannot be reached now; see Retry-After.',
}

/** A request that HTTP itself refuses, before any operation runs. */
export class HttpError extends Error {
  override readonly name = 'HttpError'

  constructor(
    readonly statusCode: number,
    message: string,
  ) {
    super(message)
  }
}

/** Answers with an error in the dialect's format; an unexpected one is logged with its cause. */
export function sendError(thrown: unknown, request: FastifyRequest, reply: FastifyReply, dialect: ErrorFormat) {
  const refusal = refusalOf(thrown)
  const error = refusal?.error ?? asEngineError(thrown)
  const status = refusal?.status ?? dialect.table[error.code][0]
  // Neither a caller who hung up is a fault of ours, nor one too many at a time.
  if (status >= 500 && error.code !== 'cancelled' && !isBusy(error))
    request.log.error({ err: error.cause ?? error, code: error.code }, error.message)
  const seconds = error.details?.['retry_after_seconds']
  if (typeof seconds === 'number' && !reply.hasHeader('Retry-After')) reply.header('Retry-After', seconds)
  // ID-21
  if (status === 401) reply.header('WWW-Authenticate', 'Bearer realm="Fieldreel"')
  return reply
    .code(status)
    .type(dialect.contentType)
    .send(dialect.body(error, request.id, refusal?.status))
}

/** More is under way than this server takes at a time; the caller may well ask again soon. */
export function busy(message: string, seconds = 2): EngineError {
  return new EngineError('unavailable', `${message} Try again in ${seconds} s.`, { retry_after_seconds: seconds })
}

function isBusy({ details }: EngineError): boolean {
  return typeof details?.['retry_after_seconds'] === 'number'
}

interface Refusal {
  readonly error: EngineError
  readonly status: number
}

/** What Fastify or we refuse before any route (JSON that does not parse, a body too large): its status is right. */
export function refusalOf(thrown: unknown): Refusal | null {
  // Fastify gives every error that ends a body early a status of its own.
  if (!(thrown instanceof Error) || thrown instanceof EngineError || !('statusCode' in thrown)) return null
  const status = thrown.statusCode
  if (typeof status !== 'number' || status < 400 || status > 499) return null
  const code: ErrorCode = status === 413 ? 'too_large' : 'invalid_input'
  return { status, error: new EngineError(code, thrown.message, null, { cause: thrown }) }
}
