import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { EngineError } from '../../contract/index.ts'
import type { Door, Operations } from '../../engine/operations.ts'
import { assertSignedIn, callerOf } from './authentication.ts'
import { limitGathering, pacedBody } from './body-time.ts'
import { sendError, type ErrorDialect } from './errors.ts'
import { replayRepeats, type AnswerStore } from './idempotency.ts'
import { parseNonNumbers, parserOf } from './json-body.ts'
import type { ParseLarge } from './large-json.ts'
import type { Limits } from './limits.ts'
import type { Exchange, Route } from './route.ts'

/** One API dialect: where it lives, how it says that something failed, and its routes. */
export interface Family {
  readonly door: Door
  readonly prefix: string
  readonly title: string
  readonly errors: ErrorDialect
  readonly routes: readonly Route[]
  /** Whether its paths are the same with a slash at their end and without. */
  readonly eitherSlash?: boolean
  /** Whether NaN and Infinity in a body, which are no JSON but which Python's clients send, are values that do not count. */
  readonly readsNonNumbers?: boolean
}

/** What the routes of every family work with. */
export interface Behind {
  readonly operations: Operations
  readonly answers: AnswerStore
  readonly limits: Limits
  readonly parseLarge: ParseLarge
  /** Aborts when the server closes: what would go on for ever ends then. */
  readonly closing: AbortSignal
}

/** Serves every route of a family below its prefix. */
export async function serveFamily(app: FastifyInstance, family: Family, behind: Behind): Promise<void> {
  await app.register(
    async (scope) => {
      answerErrors(scope, family.errors)
      replayRepeats(scope, behind.answers)
      if (family.readsNonNumbers) parseNonNumbers(scope)
      const [bytes, rest] = [family.routes.filter(isBytes), family.routes.filter((route) => !isBytes(route))]
      await scope.register(async (gathering) => {
        limitGathering(gathering, behind.limits)
        for (const route of rest.filter(({ jsonBytes }) => jsonBytes === undefined)) {
          serveRoute(gathering, route, family, behind)
        }
        await gathering.register(async (large) => {
          parseLargeApart(large, behind)
          for (const route of rest.filter(({ jsonBytes }) => jsonBytes !== undefined)) {
            serveRoute(large, route, family, behind)
          }
        })
      })
      await scope.register(async (streaming) => {
        // A body of bytes is handed on as it arrives, whatever it calls itself: "Content-Type ignored".
        streaming.removeAllContentTypeParsers()
        streaming.addContentTypeParser('*', (_request, _payload, done) => done(null))
        for (const route of bytes) serveRoute(streaming, route, family, behind)
      })
    },
    { prefix: family.prefix },
  )
}

/** What is longer than the server's usual JSON is parsed where nobody else waits for it. */
function parseLargeApart(scope: FastifyInstance, { parseLarge, limits }: Behind): void {
  const usual = parserOf(scope)
  scope.removeContentTypeParser('application/json')
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (body.length <= limits.jsonBytes) usual(request, body.toString('utf8'), done)
    else parseLarge(body).then((parsed) => done(null, parsed), done)
  })
}

/** Sets how this part of the server says that something failed or is not there. */
export function answerErrors(scope: FastifyInstance, dialect: ErrorDialect): void {
  scope.setErrorHandler((error, request, reply) => sendError(error, request, reply, dialect))
  scope.setNotFoundHandler((request, reply) => {
    return sendError(noSuchRoute(request.method, request.url), request, reply, dialect)
  })
}

function noSuchRoute(method: string, url: string): EngineError {
  return new EngineError('not_found', `There is no ${method} ${url.split('?')[0]}.`)
}

const isBytes = ({ body }: Route) => body === 'bytes'

function serveRoute(scope: FastifyInstance, route: Route, family: Family, behind: Behind): void {
  for (const url of spellingsOf(route.path, family)) serveAt(url, scope, route, family, behind)
}

function spellingsOf(path: string, { eitherSlash }: Family): string[] {
  const bare = path.replace(/\/$/, '')
  return eitherSlash ? [bare, `${bare}/`] : [path]
}

function serveAt(url: string, scope: FastifyInstance, route: Route, family: Family, behind: Behind): void {
  const dialect = route.errors ?? family.errors
  scope.route({
    // HEAD is answered by our own handler: Fastify's would read a whole file only to count it.
    method: route.method === 'GET' ? ['GET', 'HEAD'] : route.method,
    exposeHeadRoute: false,
    ...(route.jsonBytes === undefined ? {} : { bodyLimit: route.jsonBytes }),
    url,
    errorHandler: (error, request, reply) => void sendError(error, request, reply, dialect),
    onRequest: async ({ credentials, params, method, url: asked }) => {
      // The router takes `/albums/` for an album without a name where no route of that method is.
      if (Object.values(params as object).includes('')) throw noSuchRoute(method, asked)
      if (route.operation.scope !== 'none') assertSignedIn(credentials)
    },
    handler: (request, reply) => route.serve(openExchange(request, reply, family.door, behind)),
  })
}

function openExchange(request: FastifyRequest, reply: FastifyReply, door: Door, behind: Behind): Exchange {
  const hangUp = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) hangUp.abort()
  })
  const call = { signal: hangUp.signal, caller: callerOf(request.credentials, door) }
  return {
    ...{ request, reply },
    baseUrl: `${request.protocol}://${request.host}`,
    // A sender that stalled may come to life in the middle of a next answer: its connection ends with this one.
    signal: hangUp.signal,
    follow: (operation, input) => {
      const signal = AbortSignal.any([hangUp.signal, behind.closing])
      return behind.operations.follow(operation, input, { ...call, signal })
    },
    body: () => pacedBody(request.raw, behind.limits.stallMs, () => void reply.header('Connection', 'close')),
    run: async (operation, input) => {
      try {
        return await behind.operations.run(operation, input, call)
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
