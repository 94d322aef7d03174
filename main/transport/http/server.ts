import type { IncomingMessage, RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import helmet from '@fastify/helmet'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { FailedSignIns } from '../../engine/identity/index.ts'
import type { Operations } from '../../engine/operations.ts'
import type { Log } from '../../platform/log/index.ts'
import { aionvisionErrors } from './aionvision/errors.ts'
import type { Authenticate, CheckSignature } from './authentication.ts'
import { limitDraining } from './body-limits.ts'
import type { Certificate } from './certificate.ts'
import { answerClientErrors, refuseTunnel } from './client-error.ts'
import type { AllowedOrigins } from './allowed-origins.ts'
import { readAllowedHosts } from './allowed-hosts.ts'
import { Connections } from './connections.ts'
import { allowOrigins, isPreflight } from './cross-origin.ts'
import { serveDocs, type Health } from './docs.ts'
import { sendError } from './errors.ts'
import { dialects } from './dialects.ts'
import { answerErrors, serveDialect } from './dialect.ts'
import { RequestChecks, type OnSignInFailed } from './request-checks.ts'
import { BufferedBodies } from './buffered-bodies.ts'
import { isOwnHost, type Bound } from './host-check.ts'
import type { AnswerStore } from './idempotency.ts'
import { parseJsonOnly } from './json-body.ts'
import { AnonymousSlots } from './anonymous-slots.ts'
import { LIMITS, type Limits } from './limits.ts'
import { closeGently, createServer, listen, urlOf } from './node-server.ts'
import { limitRate } from './rate-limit.ts'
import { requestId } from './request-id.ts'
import type { ReceiveVideo } from './inline-videos.ts'
import { serveAlbumPages } from './album-pages/pages.ts'
import { readTrustedProxies } from './trusted-proxy.ts'

export interface ServerOptions {
  readonly operations: Operations
  readonly authenticate: Authenticate
  readonly checkSignature?: CheckSignature
  /** Adds a signature to a path that `checkSignature` finds good. */
  readonly sign?: (path: string) => string
  readonly answers: AnswerStore
  /** Called for every request with an invalid key. */
  readonly onSignInFailed?: OnSignInFailed
  /** Takes a video that comes inside of a request; without it such requests are refused. */
  readonly receiveVideo?: ReceiveVideo
  /** Counts those who try key after key; several servers of one library share it. */
  readonly failedSignIns?: FailedSignIns
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
  /** See `readAllowedHosts`. */
  readonly allowedHosts?: string | undefined
  /** ID-61: none when not given. */
  readonly allowedOrigins?: AllowedOrigins | undefined
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
    allowedHosts: readAllowedHosts(options.allowedHosts),
  }
  const { app, connections, checks } = await createApp(options, limits, bound)
  await secure(app, checks, connections, options.allowedOrigins)
  limitDraining(app, limits)
  answerErrors(app, aionvisionErrors)
  const slots = new AnonymousSlots(limits)
  await serveDocs(app, dialects, { version: options.version, health: options.health, slots })
  const ending = new AbortController()
  await app.register(async (pages) => {
    pages.addHook('onRequest', slots.take)
    serveAlbumPages(pages, operations)
  })
  const services = {
    ...{ operations, answers, limits, slots, closing: ending.signal },
    bodies: new BufferedBodies(limits.bufferedBodyBytes),
    receiveVideo: options.receiveVideo,
    sign: options.sign ?? ((path: string) => path),
  }
  for (const dialect of dialects) await serveDialect(app, dialect, services)
  bound.port = await listen(app, bound)
  let closing: Promise<void> | null = null
  const close = () => {
    checks.close()
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
  const opened: { connections?: Connections; checks?: RequestChecks } = {}
  const app: FastifyInstance = Fastify({
    loggerInstance: logger,
    trustProxy: readTrustedProxies(options.trustedProxies),
    // Paths may hold signed tokens; requests are logged by their route below.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: limits.jsonBytes,
    routerOptions: { maxParamLength: PARAMETER_CHARACTERS },
    genReqId: requestId,
    // RequestChecks answers it in our error format.
    return503OnClosing: false,
    serverFactory: (handler) => {
      const serve: RequestListener = (request, response) => {
        if (opened.connections?.admit(request, response) !== false) handler(request, response)
      }
      const server = createServer(serve, limits, certificate)
      // "Expect: something else" may be ignored, and would be answered without our headers.
      server.on('checkExpectation', serve)
      opened.connections = new Connections(server, limits)
      return server
    },
    clientErrorHandler: (error, socket) => {
      const { connections, checks } = opened
      if (!connections || !checks) socket.destroy()
      else answerClientErrors(error, socket, { connections, count: checks.count, dialect: aionvisionErrors, limits })
    },
    frameworkErrors: (error, request, reply) => {
      const refuse = (why: unknown) => sendError(why, request, reply, aionvisionErrors)
      // No hook has run for these.
      void opened.checks?.admit(request, reply).then(() => refuse(error), refuse)
    },
  })
  parseJsonOnly(app)
  app.addHook('onResponse', async (request, { statusCode, elapsedTime }) => {
    const { method, routeOptions, credentials } = request
    const user = typeof credentials === 'string' ? null : credentials.userId
    const ms = Math.round(elapsedTime)
    request.log.debug({ method, route: routeOptions.url ?? null, status: statusCode, ms, user }, 'answered')
  })
  const count = await limitRate(app, requestsPerMinute)
  const checks = new RequestChecks({
    ...{ count, authenticate, checkSignature, urlCharacters: limits.urlCharacters },
    onSignInFailed: options.onSignInFailed,
    failedSignIns: options.failedSignIns ?? new FailedSignIns(),
    isOwnHost: (hosts) => isOwnHost(hosts, bound),
    isAllowedOrigin: (origin) => options.allowedOrigins?.includes(origin) === true,
  })
  opened.checks = checks
  const { connections } = opened
  if (!connections) throw new Error('Fastify made no server.')
  app.server.on('connect', (_request: IncomingMessage, socket: Socket) =>
    refuseTunnel(socket, { connections, count, dialect: aionvisionErrors, limits }),
  )
  return { app, connections, checks }
}

async function secure(
  app: FastifyInstance,
  checks: RequestChecks,
  connections: Connections,
  allowedOrigins: AllowedOrigins | undefined,
): Promise<void> {
  await app.register(helmet, {
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
  })
  app.decorateRequest('credentials', 'none')
  app.addHook('onRequest', async (request, reply) => {
    const mayRead = allowOrigins(request, reply, allowedOrigins)
    await checks.admit(request, reply)
    checks.assertOwnHost(request)
    if (mayRead && isPreflight(request)) return reply.code(204).send()
    if (typeof request.credentials !== 'string') connections.markAuthenticated(request.raw.socket)
  })
}
