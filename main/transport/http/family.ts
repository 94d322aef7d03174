import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { EngineError } from '../../contract/index.ts'
import type { Door, Operations } from '../../engine/operations.ts'
import { assertSignedIn, callerOf } from './authentication.ts'
import { limitGathering, pacedBody } from './body-time.ts'
import { sendError, type ErrorDialect } from './errors.ts'
import type { GatheredBodies } from './gathered-bodies.ts'
import { replayRepeats, type AnswerStore } from './idempotency.ts'
import { parseNonNumbers } from './json-body.ts'
import type { KeylessSlots } from './keyless-slots.ts'
import type { Limits } from './limits.ts'
import type { Exchange, Route } from './route.ts'
import { receiveVideos, type ReceiveVideo } from './sent-videos.ts'

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
  readonly bodies: GatheredBodies
  readonly slots: KeylessSlots
  /** Takes a video that comes inside of a request; without it such a request is refused. */
  readonly receiveVideo?: ReceiveVideo | undefined
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
      const plain = family.routes.filter(({ body, jsonBytes }) => body !== 'bytes' && jsonBytes === undefined)
      await scope.register(async (gathering) => {
        limitGathering(gathering, behind)
        for (const route of plain) serveRoute(gathering, route, family, behind)
      })
      await scope.register(async (sending) => {
        receiveVideos(sending, behind)
        for (const route of family.routes.filter(({ jsonBytes }) => jsonBytes !== undefined)) {
          serveRoute(sending, route, family, behind)
        }
      })
      await scope.register(async (streaming) => {
        // A body of bytes is handed on as it arrives, whatever its type (UP-30).
        streaming.removeAllContentTypeParsers()
        streaming.addContentTypeParser('*', (_request, _payload, done) => done(null))
        for (const route of family.routes.filter(isBytes)) serveRoute(streaming, route, family, behind)
      })
    },
    { prefix: family.prefix },
  )
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
    onRequest: async (request, reply) => {
      const { credentials, params, method, url: asked } = request
      // The router takes `/albums/` for an album without a name where no route of that method is.
      if (Object.values(params as object).includes('')) throw noSuchRoute(method, asked)
      if (route.operation.scope !== 'none') assertSignedIn(credentials)
      else if (route.method === 'GET') await behind.slots.take(request, reply)
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
