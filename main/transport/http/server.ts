import type { AddressInfo } from 'node:net'
import helmet from '@fastify/helmet'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { EngineError } from '../../contract/index.ts'
import type { Operations } from '../../engine/operations.ts'
import type { Log } from '../../platform/log/index.ts'
import { aionvisionErrors } from './aionvision/errors.ts'
import { readCredentials, type Authenticate } from './authentication.ts'
import { serveDocs } from './docs.ts'
import { sendError } from './errors.ts'
import { families } from './families.ts'
import { answerErrors, serveFamily } from './family.ts'
import { isOwnHost, type Bound } from './guard.ts'
import { limitRate } from './rate-limit.ts'
import { requestId } from './request-id.ts'

export interface ServerOptions {
  readonly operations: Operations
  readonly authenticate: Authenticate
  /** Default 127.0.0.1: only this machine. */
  readonly host?: string
  /** 0 lets the system choose. */
  readonly port: number
  readonly log: Log
  /** Fieldreel's own version, for `/healthz` and the description. */
  readonly version: string
  readonly requestsPerMinute?: number
  /** How long `close` waits for answers that are on their way; default 5,000. */
  readonly graceMs?: number
}

export interface HttpServer {
  /** Root of all dialects, without a slash at the end. */
  readonly url: string
  /** Takes no more requests, lets those under way finish for the grace time, then cuts them. May be called twice. */
  close(): Promise<void>
}

const JSON_BODY_BYTES = 1_048_576
const HEADERS_MS = 30_000
const IDLE_MS = 75_000
/** A whole request, body included: one 10 MB chunk over a line of 12 kB/s. Answers may take as long as they need. */
const REQUEST_MS = 15 * 60_000
/** Signed tokens are longer than the router's usual 100 characters. */
const PARAMETER_CHARACTERS = 2048
const REQUESTS_PER_MINUTE = 6000

/**
 * Serves every dialect over HTTP.
 * @throws EngineError `unavailable` when the port or host cannot be had.
 */
export async function startServer(options: ServerOptions): Promise<HttpServer> {
  const bound = { host: options.host ?? '127.0.0.1', port: options.port }
  const app = createApp(options)
  await secure(app, options, bound)
  answerErrors(app, aionvisionErrors)
  await serveDocs(app, families, options.version)
  for (const family of families) await serveFamily(app, family, options.operations)
  bound.port = await listen(app, bound)
  let closing: Promise<void> | null = null
  return { url: urlOf(bound), close: () => (closing ??= closeGently(app, options.graceMs ?? 5000)) }
}

function createApp({ log }: ServerOptions): FastifyInstance {
  // Wider than pino's own type, so that the app is of Fastify's usual one.
  const logger: FastifyBaseLogger = log
  const app: FastifyInstance = Fastify({
    loggerInstance: logger,
    // Paths may hold signed tokens; requests are logged by their route below.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: JSON_BODY_BYTES,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: IDLE_MS,
    http: { headersTimeout: HEADERS_MS },
    routerOptions: { maxParamLength: PARAMETER_CHARACTERS },
    genReqId: requestId,
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply, aionvisionErrors),
  })
  // JSON is the only body that is parsed: what else a browser form could send across sites is a 415.
  app.removeContentTypeParser('text/plain')
  app.addHook('onResponse', async (request, { statusCode, elapsedTime }) => {
    const { method, routeOptions } = request
    request.log.debug({ method, route: routeOptions.url, status: statusCode, ms: Math.round(elapsedTime) }, 'answered')
  })
  return app
}

/** What every request passes, in this order: its id, its key, the rate limit, the guard. */
async function secure(app: FastifyInstance, options: ServerOptions, bound: Bound): Promise<void> {
  await app.register(helmet, {
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
  })
  app.decorateRequest('credentials', 'none')
  app.addHook('onRequest', async (request, reply) => {
    reply.header('X-Request-ID', request.id)
    request.credentials = readCredentials(request.headers.authorization, options.authenticate)
  })
  await limitRate(app, options.requestsPerMinute ?? REQUESTS_PER_MINUTE)
  app.addHook('onRequest', async ({ headers: { host, origin } }) => {
    if (isOwnHost({ host, origin }, bound)) return
    throw new EngineError('forbidden', 'This request came for another host or from another site.')
  })
}

async function listen(app: FastifyInstance, { host, port }: Bound): Promise<number> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    const why = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' ? 'is in use' : 'cannot be had'
    throw new EngineError('unavailable', `Port ${port} of ${host} ${why}. Choose another one.`, null, { cause: error })
  }
  return (app.server.address() as AddressInfo).port
}

function urlOf({ host, port }: Bound): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

async function closeGently(app: FastifyInstance, graceMs: number): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), graceMs)
  // A connection kept alive would hold the server open long after its last answer.
  const sweep = setInterval(() => app.server.closeIdleConnections(), 50)
  await app.close().finally(() => {
    clearTimeout(timer)
    clearInterval(sweep)
  })
}
