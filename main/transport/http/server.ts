import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import helmet from '@fastify/helmet'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { EngineError } from '../../contract/index.ts'
import type { Operations } from '../../engine/operations.ts'
import type { Log } from '../../platform/log/index.ts'
import { aionvisionErrors } from './aionvision/errors.ts'
import type { Authenticate, CheckSignature } from './authentication.ts'
import { limitDraining } from './body-time.ts'
import type { Certificate } from './certificate.ts'
import { answerClientErrors } from './client-error.ts'
import { Connections } from './connections.ts'
import { serveDocs, type Health } from './docs.ts'
import { sendError } from './errors.ts'
import { families } from './families.ts'
import { answerErrors, serveFamily } from './family.ts'
import { FrontDoor } from './front-door.ts'
import { isOwnHost, type Bound } from './guard.ts'
import type { AnswerStore } from './idempotency.ts'
import { parseJsonOnly } from './json-body.ts'
import { parseInThreads, parseLarge, type ParseLarge } from './large-json.ts'
import { LIMITS, type Limits } from './limits.ts'
import { isEveryAddress } from './own-names.ts'
import { limitRate } from './rate-limit.ts'
import { requestId } from './request-id.ts'
import { serveSharePages } from './share/pages.ts'
import { readTrustedProxies } from './trusted-proxy.ts'

export interface ServerOptions {
  readonly operations: Operations
  readonly authenticate: Authenticate
  readonly checkSignature?: CheckSignature
  readonly answers: AnswerStore
  /** Holds the built workers; without it, long bodies are parsed in this thread. */
  readonly workersFolder?: string
  /** Default 127.0.0.1: only this machine. */
  readonly host?: string
  /** 0 lets the system choose. */
  readonly port: number
  /** Speaks TLS, and nothing else, when given. */
  readonly certificate?: Certificate | undefined
  /** See `Bound.names`. */
  readonly names?: (() => readonly string[]) | undefined
  /** See `readTrustedProxies`. */
  readonly trustedProxies?: string | undefined
  readonly log: Log
  /** Fieldreel's own version, for `/healthz` and the description. */
  readonly version: string
  /** How the library is, for `/healthz`. */
  readonly health?: Health | undefined
  readonly requestsPerMinute?: number
  /** How long `close` waits for answers that are on their way; default 5,000. */
  readonly graceMs?: number
  readonly limits?: Partial<Limits>
}

export interface HttpServer {
  /** Root of all dialects, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** SHA-256 of the certificate it shows; null where it speaks no TLS. */
  readonly fingerprint: string | null
  /** Takes no more requests, lets those under way finish for the grace time, then cuts them. May be called twice. */
  close(): Promise<void>
}

/** How often connections are looked through for those that are too slow. */
const CHECK_MS = 1000
/** How long a closing server listens to a caller who has not asked anything yet. */
const SILENT_MS = 500
/** Signed tokens are longer than the router's usual 100 characters. */
const PARAMETER_CHARACTERS = 2048
const REQUESTS_PER_MINUTE = 6000

/**
 * Serves every dialect over HTTP, or over TLS with a certificate.
 * @throws EngineError `unavailable` when the port or host cannot be had.
 */
export async function startServer(options: ServerOptions): Promise<HttpServer> {
  const limits = { ...LIMITS, ...options.limits }
  const { certificate, names, operations, answers } = options
  const bound = {
    host: options.host ?? '127.0.0.1',
    port: options.port,
    scheme: certificate ? ('https' as const) : ('http' as const),
    ...(names && { names }),
  }
  const { app, connections, door } = await createApp(options, limits, bound)
  await secure(app, door)
  limitDraining(app, limits)
  answerErrors(app, aionvisionErrors)
  await serveDocs(app, families, options)
  const ending = new AbortController()
  serveSharePages(app, operations)
  const inThisThread: ParseLarge = async (body) => parseLarge(body)
  const behind = {
    ...{ operations, answers, limits, closing: ending.signal },
    parseLarge: options.workersFolder === undefined ? inThisThread : parseInThreads(options.workersFolder),
  }
  for (const family of families) await serveFamily(app, family, behind)
  bound.port = await listen(app, bound)
  let closing: Promise<void> | null = null
  const close = () => {
    door.close()
    ending.abort()
    return closeGently(app, connections, options.graceMs ?? 5000)
  }
  return {
    url: urlOf(bound),
    port: bound.port,
    fingerprint: certificate?.fingerprint ?? null,
    close: () => (closing ??= close()),
  }
}

async function createApp(options: ServerOptions, limits: Limits, bound: Bound) {
  const { log, certificate, authenticate, checkSignature, requestsPerMinute = REQUESTS_PER_MINUTE } = options
  // Wider than pino's own type, so that the app is of Fastify's usual one.
  const logger: FastifyBaseLogger = log
  const opened: { connections?: Connections; door?: FrontDoor } = {}
  const app: FastifyInstance = Fastify({
    loggerInstance: logger,
    trustProxy: readTrustedProxies(options.trustedProxies),
    // Paths may hold signed tokens; requests are logged by their route below.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: limits.jsonBytes,
    routerOptions: { maxParamLength: PARAMETER_CHARACTERS },
    genReqId: requestId,
    // The front door says so in the family's words.
    return503OnClosing: false,
    serverFactory: (handler) => createServer(handler, limits, certificate),
    clientErrorHandler: (error, socket) => {
      const { connections, door } = opened
      if (!connections || !door) socket.destroy()
      else answerClientErrors(error, socket, { connections, count: door.count, dialect: aionvisionErrors, limits })
    },
    frameworkErrors: (error, request, reply) => {
      const refuse = (why: unknown) => sendError(why, request, reply, aionvisionErrors)
      // No hook has run for these.
      void opened.door?.enter(request, reply).then(() => refuse(error), refuse)
    },
  })
  // "Expect: something else" may be ignored, and would be answered without our headers.
  app.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) =>
    app.routing(request, response),
  )
  parseJsonOnly(app)
  app.addHook('onResponse', async (request, { statusCode, elapsedTime }) => {
    const { method, routeOptions } = request
    request.log.debug({ method, route: routeOptions.url, status: statusCode, ms: Math.round(elapsedTime) }, 'answered')
  })
  const count = await limitRate(app, requestsPerMinute)
  const door = new FrontDoor({
    ...{ count, authenticate, checkSignature, urlCharacters: limits.urlCharacters },
    isOwnHost: (asker) => isOwnHost(asker, bound),
  })
  const connections = new Connections(app.server, limits.connections)
  Object.assign(opened, { connections, door })
  return { app, connections, door }
}

function createServer(
  handler: http.RequestListener,
  limits: Limits,
  certificate: Certificate | undefined,
): http.Server | https.Server {
  const options: http.ServerOptions = {
    headersTimeout: limits.headersMs,
    // Bodies are timed by what their route does with them.
    requestTimeout: 0,
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: Math.min(CHECK_MS, limits.headersMs),
    maxHeaderSize: limits.headerBytes,
    // The guard asks for it, and answers in the family's words.
    requireHostHeader: false,
  }
  if (!certificate) return http.createServer(options, handler)
  const { key, certificate: cert } = certificate
  return https.createServer(
    { ...options, key, cert, handshakeTimeout: limits.headersMs, minVersion: 'TLSv1.2' },
    handler,
  )
}

async function secure(app: FastifyInstance, door: FrontDoor): Promise<void> {
  await app.register(helmet, {
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
  })
  app.decorateRequest('credentials', 'none')
  app.addHook('onRequest', async (request, reply) => {
    await door.enter(request, reply)
    door.guard(request)
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

function urlOf({ scheme, host, port }: Bound): string {
  if (isEveryAddress(host)) return `${scheme}://127.0.0.1:${port}`
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`
}

async function closeGently(app: FastifyInstance, connections: Connections, graceMs: number): Promise<void> {
  const timer = setTimeout(() => connections.closeAll(), graceMs)
  // A connection kept alive would hold the server open long after its last answer.
  const sweep = setInterval(() => app.server.closeIdleConnections(), 50)
  // One that has not finished asking yet gets a moment to.
  const silent = setTimeout(() => connections.closeIdle(), Math.min(SILENT_MS, graceMs))
  await app.close().finally(() => {
    clearTimeout(timer)
    clearInterval(sweep)
    clearTimeout(silent)
  })
}
