import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { EngineError } from '../../contract/index.ts'
import type { Door, Operations } from '../../engine/operations.ts'
import { assertSignedIn, callerOf } from './authentication.ts'
import { limitBuffering, pacedBody } from './body-limits.ts'
import { sendError, type ErrorFormat } from './errors.ts'
import type { BufferedBodies } from './buffered-bodies.ts'
import { replayRepeats, type AnswerStore } from './idempotency.ts'
import { parseNonNumbers } from './json-body.ts'
import type { AnonymousSlots } from './anonymous-slots.ts'
import type { Limits } from './limits.ts'
import type { Exchange, Route } from './route.ts'
import { acceptInlineVideos, type ReceiveVideo } from './inline-videos.ts'

/** One API dialect: its prefix, how it writes errors, and its routes. */
export interface Dialect {
  readonly door: Door
  readonly prefix: string
  readonly title: string
  readonly errors: ErrorFormat
  /** Its routes by what they are about. */
  readonly areas: readonly Area[]
  readonly routes: readonly Route[]
  /** Whether its paths are the same with a slash at their end and without. */
  readonly eitherSlash?: boolean
  /** Whether NaN and Infinity in a body, which are no JSON but which Python's clients send, are values that do not count. */
  readonly readsNonNumbers?: boolean
}

/** Routes about the same thing; a tag of the published description. */
export interface Area {
  /** Unique over all dialects. */
  readonly title: string
  /** One sentence. */
  readonly description: string
  readonly routes: readonly Route[]
}

/** A dialect by its areas. */
export function defineDialect(definition: Omit<Dialect, 'routes'>): Dialect {
  return { ...definition, routes: definition.areas.flatMap(({ routes }) => routes) }
}

/** What the routes of every dialect work with. */
export interface Services {
  readonly operations: Operations
  readonly answers: AnswerStore
  readonly limits: Limits
  readonly bodies: BufferedBodies
  readonly slots: AnonymousSlots
  /** Adds a signature to a path. */
  readonly sign: (path: string) => string
  /** Takes a video that comes inside of a request; without it such a request is refused. */
  readonly receiveVideo?: ReceiveVideo | undefined
  /** Aborts when the server closes: what would go on for ever ends then. */
  readonly closing: AbortSignal
}

/** Serves every route of a dialect below its prefix. */
export async function serveDialect(app: FastifyInstance, dialect: Dialect, services: Services): Promise<void> {
  await app.register(
    async (scope) => {
      answerErrors(scope, dialect.errors)
      replayRepeats(scope, services.answers)
      if (dialect.readsNonNumbers) parseNonNumbers(scope)
      const plain = dialect.routes.filter(({ body, jsonBytes }) => body !== 'bytes' && jsonBytes === undefined)
      await scope.register(async (buffered) => {
        limitBuffering(buffered, services)
        for (const route of plain) serveRoute(buffered, route, dialect, services)
      })
      await scope.register(async (inline) => {
        acceptInlineVideos(inline, services)
        for (const route of dialect.routes.filter(({ jsonBytes }) => jsonBytes !== undefined)) {
          serveRoute(inline, route, dialect, services)
        }
      })
      await scope.register(async (streaming) => {
        // A body of bytes is handed on as it arrives, of any type (UP-30).
        streaming.removeAllContentTypeParsers()
        streaming.addContentTypeParser('*', (_request, _payload, done) => done(null))
        for (const route of dialect.routes.filter(isBytes)) serveRoute(streaming, route, dialect, services)
      })
    },
    { prefix: dialect.prefix },
  )
}

/** Sets how this part of the server answers errors and unknown routes. */
export function answerErrors(scope: FastifyInstance, format: ErrorFormat): void {
  scope.setErrorHandler((error, request, reply) => sendError(error, request, reply, format))
  scope.setNotFoundHandler((request, reply) => {
    return sendError(noSuchRoute(request.method, request.url), request, reply, format)
  })
}

function noSuchRoute(method: string, url: string): EngineError {
  return new EngineError('not_found', `There is no ${method} ${url.split('?')[0]}.`)
}

const isBytes = ({ body }: Route) => body === 'bytes'

function serveRoute(scope: FastifyInstance, route: Route, dialect: Dialect, services: Services): void {
  for (const url of spellingsOf(route.path, dialect)) serveAt(url, scope, route, dialect, services)
}

function spellingsOf(path: string, { eitherSlash }: Dialect): string[] {
  const bare = path.replace(/\/$/, '')
  return eitherSlash ? [bare, `${bare}/`] : [path]
}

function serveAt(url: string, scope: FastifyInstance, route: Route, dialect: Dialect, services: Services): void {
  const errors = route.errors ?? dialect.errors
  scope.route({
    // HEAD is answered by our own handler: Fastify's would read a whole file only to count it.
    method: route.method === 'GET' ? ['GET', 'HEAD'] : route.method,
    exposeHeadRoute: false,
    ...(route.jsonBytes === undefined ? {} : { bodyLimit: route.jsonBytes }),
    url,
    config: signedConfig(route),
    errorHandler: (error, request, reply) => void sendError(error, request, reply, errors),
    onRequest: async (request, reply) => {
      const { credentials, params, method, url: asked } = request
      // The router takes `/albums/` for an album without a name where no route of that method is.
      if (Object.values(params as object).includes('')) throw noSuchRoute(method, asked)
      if (route.operation.scope !== 'none') assertSignedIn(credentials)
      else if (route.method === 'GET') await services.slots.take(request, reply)
    },
    handler: (request, reply) => route.serve(openExchange(request, reply, dialect.door, services)),
  })
  // Here a browser's preflight finds out that the URL is signed.
  if (!route.signed) return
  scope.options(url, { config: signedConfig(route) }, ({ method, url: asked }) => {
    throw noSuchRoute(method, asked)
  })
}

const signedConfig = ({ signed }: Route) => (signed ? { signed } : {})

function openExchange(request: FastifyRequest, reply: FastifyReply, door: Door, services: Services): Exchange {
  const hangUp = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) hangUp.abort()
  })
  const call = { signal: hangUp.signal, caller: callerOf(request.credentials, door) }
  const baseUrl = `${request.protocol}://${request.host}`
  return {
    ...{ request, reply, baseUrl },
    link: (path) => baseUrl + services.sign(path),
    // A sender that stalled may come to life in the middle of a next answer: its connection ends with this one.
    signal: hangUp.signal,
    follow: (operation, input) => {
      const signal = AbortSignal.any([hangUp.signal, services.closing])
      return services.operations.follow(operation, input, { ...call, signal })
    },
    body: () => pacedBody(request.raw, services.limits.stallMs, () => void reply.header('Connection', 'close')),
    run: async (operation, input) => {
      try {
        return await services.operations.run(operation, input, call)
      } catch (error) {
        throw hasHungUp(request) ? new EngineError('cancelled', 'The caller hung up.', null, { cause: error }) : error
      }
    },
  }
}

/** Its body then breaks off with an error of the socket's, before or after the signal says so. */
function hasHungUp({ raw }: FastifyRequest): boolean {
  return raw.socket.destroyed || (raw.destroyed && !raw.complete)
}
