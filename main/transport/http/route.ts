import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  EngineError,
  type AnyOperation,
  type ErrorCode,
  type Operation,
  type StreamOperation,
} from '../../contract/index.ts'
import { withoutIdleNulls } from './absent-fields.ts'
import type { ErrorFormat } from './errors.ts'

/** What a route reads from a request; what it does not name is ignored. */
export type RequestShape = Readonly<Partial<Record<'params' | 'query' | 'body', z.ZodType>>>

/** One request on its way through a route. */
export interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** `http://host:port` as the caller spelled it, `https:` where it came over TLS; for absolute URLs in answers. */
  readonly baseUrl: string
  /** Absolute and signed: whoever has it reads that path without a key (FI-54). @param path from the root on. */
  readonly link: (path: string) => string
  /** The body of a `bytes` route as it arrives. Reading it fails when the sender stalls. */
  body(): AsyncIterable<Uint8Array>
  /** Runs an operation as the caller; it is cancelled when the caller hangs up. */
  run<I extends z.ZodType, O extends z.ZodType>(operation: Operation<I, O>, input: unknown): Promise<z.output<O>>
  /** The same for a stream of events, which ends when the server closes, too. */
  follow<I extends z.ZodType, E extends z.ZodType>(
    operation: StreamOperation<I, E>,
    input: unknown,
  ): AsyncIterable<z.output<E>>
  /** Aborts when the caller hangs up. */
  readonly signal: AbortSignal
}

/** What a route answers when all went well, for the published description. */
export interface Success {
  readonly status: 200 | 201 | 202 | 204
  /** `schema` is null for bytes; a 204 has no content type. */
  readonly contentType: string | null
  readonly schema: z.ZodType | null
  /** What a caller gets who asks for it by `Accept`. */
  readonly alternative?: { readonly contentType: string; readonly schema: z.ZodType }
  /** Default: by its status. */
  readonly description?: string
}

/** One wire form of one operation. A dialect is a list of these. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Its method's name in generated clients; unique over all dialects. */
  readonly id: string
  /** Below the dialect's prefix; `:name` marks a parameter. */
  readonly path: string
  readonly operation: Pick<AnyOperation, 'name' | 'summary' | 'scope'>
  /** When several routes share an operation: what this one is for. */
  readonly summary?: string
  readonly request: RequestShape
  /** Media type of the body; `bytes` is never parsed or buffered. */
  readonly body: 'none' | 'json' | 'bytes'
  /** The longest JSON body, when it is not the server's usual one: then a video may come inside, as base64. */
  readonly jsonBytes?: number
  readonly success: Success
  /** What can go wrong beside what follows from scope, parameters and body; for the published description. */
  readonly failures?: readonly ErrorCode[]
  /** Who may use it, in words, where that is not everybody with a key. */
  readonly access?: string
  /** A signed URL is as good as a key: where its signature is (ID-63). */
  readonly signed?: 'query' | 'path'
  /** What the bytes of a `bytes` body are. */
  readonly bodyDescription?: string
  /** Headers of its own, each with what it means. */
  readonly headers?: Readonly<Partial<Record<'request' | 'response', Readonly<Record<string, string>>>>>
  /** When it differs from the dialect's. */
  readonly errors?: ErrorFormat
  serve(exchange: Exchange): Promise<unknown>
}

interface JsonRoute<I extends z.ZodType, O extends z.ZodType, R extends RequestShape, W> {
  readonly method: Route['method']
  readonly id: string
  readonly path: string
  readonly operation: Operation<I, O>
  readonly request: R
  readonly status?: 200 | 201 | 202
  readonly response: z.ZodType<unknown, W>
  readonly failures?: readonly ErrorCode[]
  toInput(request: z.output<z.ZodObject<R>>, exchange: Exchange): z.input<I>
  toWire(output: z.output<O>, exchange: Exchange): NoInfer<W>
}

/** A route that reads and answers JSON. Its answer is checked against its own description before it is sent. */
export function route<I extends z.ZodType, O extends z.ZodType, R extends RequestShape, W>(
  definition: JsonRoute<I, O, R, W>,
): Route {
  const { method, id, path, operation, request, response, failures = [], status = 200 } = definition
  return {
    ...{ method, id, path, operation, request, failures },
    body: request.body ? 'json' : 'none',
    success: { status, contentType: 'application/json', schema: response },
    async serve(exchange) {
      const input = definition.toInput(readRequest(request, exchange.request), exchange)
      const output = await exchange.run(operation, input)
      return exchange.reply.code(status).send(response.parse(definition.toWire(output, exchange)))
    },
  }
}

/** A route whose success says nothing: "204 No Content". */
export function silentRoute<I extends z.ZodType, R extends RequestShape>(definition: {
  readonly method: Route['method']
  readonly id: string
  readonly path: string
  readonly operation: Operation<I>
  readonly request: R
  readonly failures?: readonly ErrorCode[]
  toInput(request: z.output<z.ZodObject<R>>): z.input<I>
}): Route {
  const { method, id, path, operation, request, failures = [] } = definition
  return {
    ...{ method, id, path, operation, request, failures },
    body: request.body ? 'json' : 'none',
    success: { status: 204, contentType: null, schema: null },
    async serve(exchange) {
      await exchange.run(operation, definition.toInput(readRequest(request, exchange.request)))
      return exchange.reply.code(204).send()
    },
  }
}

/** Parses what came in. @throws EngineError `invalid_input` whose details name every field and what is wrong with it. */
export function readRequest<R extends RequestShape>(shape: R, request: FastifyRequest): z.output<z.ZodObject<R>> {
  const { params, query } = request
  const body = shape.body ? withoutIdleNulls(shape.body, request.body) : request.body
  const parsed = z.object(shape).safeParse({ params, query, body: body ?? undefined })
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map(({ path: [place, ...field], message }) => ({
    in: String(place),
    field: field.join('.'),
    reason: message,
  }))
  const message = fields.map(({ field, reason, ...at }) => `${field === '' ? at.in : field}: ${reason}`).join('; ')
  throw new EngineError('invalid_input', message, { fields }, { cause: parsed.error })
}
