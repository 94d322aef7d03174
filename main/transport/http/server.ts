import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import helmet from '@fastify/helmet'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { EngineError } from '../../contract/index.ts'
import { FailedSignIns } from '../../engine/identity/index.ts'
import type { Operations } from '../../engine/operations.ts'
import type { Log } from '../../platform/log/index.ts'
import { aionvisionErrors } from './aionvision/errors.ts'
import type { Authenticate, CheckSignature } from './authentication.ts'
import { limitDraining } from './body-time.ts'
import type { Certificate } from './certificate.ts'
import { answerClientErrors, refuseTunnel } from './client-error.ts'
import { Connections } from './connections.ts'
import { serveDocs, type Health } from './docs.ts'
import { sendError } from './errors.ts'
import { families } from './families.ts'
import { answerErrors, serveFamily } from './family.ts'
import { FrontDoor, type OnSignInFailed } from './front-door.ts'
import { GatheredBodies } from './gathered-bodies.ts'
import { isOwnHost, type Bound } from './guard.ts'
import type { AnswerStore } from './idempotency.ts'
import { parseJsonOnly } from './json-body.ts'
import { KeylessSlots } from './keyless-slots.ts'
import { LIMITS, type Limits } from './limits.ts'
import { isEveryAddress } from './own-names.ts'
import { limitRate } from './rate-limit.ts'
import { requestId } from './request-id.ts'
import type { ReceiveVideo } from './sent-videos.ts'
import { serveSharePages } from './album-pages/pages.ts'
import { readTrustedProxies } from './trusted-proxy.ts'

export interface ServerOptions {
  readonly operations: Operations
  readonly authenticate: Authenticate
  readonly checkSignature?: CheckSignature
  readonly answers: AnswerStore
  /** Told of every request whose key lets nobody in. */
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

/** Authenticated encryption with forward secrecy, and nothing else: no CBC, no static RSA. */
const CIPHERS = [
  ...['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256'],
  ...['AES256-GCM-SHA384', 'CHACHA20-POLY1305', 'AES128-GCM-SHA256'].flatMap((suite) => [
    `ECDHE-ECDSA-${suite}`,
    `ECDHE-RSA-${suite}`,
  ]),
].join(':')

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
  await secure(app, door, connections)
  limitDraining(app, limits)
  answerErrors(app, aionvisionErrors)
  const slots = new KeylessSlots(limits)
  await serveDocs(app, families, { version: options.version, health: options.health, slots })
  const ending = new AbortController()
  await app.register(async (pages) => {
    pages.addHook('onRequest', slots.take)
    serveSharePages(pages, operations)
  })
  const behind = {
    ...{ operations, answers, limits, slots, closing: ending.signal },
    bodies: new GatheredBodies(limits.gatheredBytes),
    receiveVideo: options.receiveVideo,
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
    serverFactory: (handler) => {
      const serve: http.RequestListener = (request, response) => {
        if (opened.connections?.admit(request, response) !== false) handler(request, response)
      }
      const server = createServer(serve, limits, certificate)
      // "Expect: something else" may be ignored, and would be answered without our headers.
      server.on('checkExpectation', serve)
      opened.connections = new Connections(server, limits)
      return server
    },
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
  parseJsonOnly(app)
  app.addHook('onResponse', async (request, { statusCode, elapsedTime }) => {
    const { method, routeOptions, credentials } = request
    const user = typeof credentials === 'string' ? null : credentials.userId
    const ms = Math.round(elapsedTime)
    request.log.debug({ method, route: routeOptions.url ?? null, status: statusCode, ms, user }, 'answered')
  })
  const count = await limitRate(app, requestsPerMinute)
  const door = new FrontDoor({
    ...{ count, authenticate, checkSignature, urlCharacters: limits.urlCharacters },
    onSignInFailed: options.onSignInFailed,
    failedSignIns: options.failedSignIns ?? new FailedSignIns(),
    isOwnHost: (asker) => isOwnHost(asker, bound),
  })
  opened.door = door
  const { connections } = opened
  if (!connections) throw new Error('Fastify made no server.')
  app.server.on('connect', (_request: IncomingMessage, socket: Socket) =>
    refuseTunnel(socket, { connections, count, dialect: aionvisionErrors, limits }),
  )
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
    { ...options, key, cert, handshakeTimeout: limits.headersMs, minVersion: 'TLSv1.2', ciphers: CIPHERS },
    handler,
  )
}

async function secure(app: FastifyInstance, door: FrontDoor, connections: Connections): Promise<void> {
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
    if (typeof request.credentials !== 'string') connections.knowsCaller(request.raw.socket)
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
