import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { asEngineError, EngineError, type ErrorCode } from '../../contract/index.ts'

/** How one family of routes says that something failed. */
export interface ErrorDialect {
  /** HTTP status and wire name of every failure there is. */
  readonly table: Readonly<Record<ErrorCode, readonly [status: number, code: string]>>
  readonly contentType: string
  body(error: EngineError, requestId: string): unknown
  /** The shape of `body`, for the published description; null when it is no JSON. */
  readonly schema: z.ZodType | null
}

/** Answers a failure in the family's own words; what we did not foresee is logged with its cause. */
export function sendError(thrown: unknown, request: FastifyRequest, reply: FastifyReply, dialect: ErrorDialect) {
  const refused = refusedByFastify(thrown)
  const error = refused?.error ?? asEngineError(thrown)
  const status = refused?.status ?? dialect.table[error.code][0]
  // A caller who hung up is no fault of ours.
  if (status >= 500 && error.code !== 'cancelled')
    request.log.error({ err: error.cause ?? error, code: error.code }, error.message)
  return reply.code(status).type(dialect.contentType).send(dialect.body(error, request.id))
}

interface Refusal {
  readonly error: EngineError
  readonly status: number
}

/** What Fastify itself refuses (JSON that does not parse, a body too large, a foreign media type): its status is right. */
function refusedByFastify(thrown: unknown): Refusal | null {
  if (!(thrown instanceof Error) || !('statusCode' in thrown)) return null
  const status = thrown.statusCode
  if (typeof status !== 'number' || status < 400 || status > 499) return null
  const code: ErrorCode = status === 413 ? 'too_large' : 'invalid_input'
  return { status, error: new EngineError(code, thrown.message, null, { cause: thrown }) }
}
