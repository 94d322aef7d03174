import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { EngineError } from '../../contract/index.ts'
import type { Certificate } from './certificate.ts'
import type { Connections } from './connections.ts'
import type { Bound } from './host-check.ts'
import { isWildcard } from './host-names.ts'
import type { Limits } from './limits.ts'

/** How often connections are checked for headers that come too slowly. */
const CHECK_MS = 1000
/** How long a closing server waits for the request of a connection that has sent none. */
const SILENT_MS = 500

/** Authenticated encryption with forward secrecy, and nothing else: no CBC, no static RSA. */
const CIPHERS = [
  ...['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256'],
  ...['AES256-GCM-SHA384', 'CHACHA20-POLY1305', 'AES128-GCM-SHA256'].flatMap((suite) => [
    `ECDHE-ECDSA-${suite}`,
    `ECDHE-RSA-${suite}`,
  ]),
].join(':')

/** Node's own server, for HTTP or for TLS. */
export function createServer(
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
    // The host check answers it in our error format.
    requireHostHeader: false,
  }
  if (!certificate) return http.createServer(options, handler)
  const { key, certificate: cert } = certificate
  return https.createServer(
    { ...options, key, cert, handshakeTimeout: limits.headersMs, minVersion: 'TLSv1.2', ciphers: CIPHERS },
    handler,
  )
}

/** @returns the port. @throws EngineError `unavailable`. */
export async function listen(app: FastifyInstance, { host, port }: Bound): Promise<number> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    const why = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' ? 'is in use' : 'cannot be had'
    throw new EngineError('unavailable', `Port ${port} of ${host} ${why}. Choose another one.`, null, { cause: error })
  }
  return (app.server.address() as AddressInfo).port
}

/** Root of all dialects, as a client on this machine writes it. */
export function urlOf({ scheme, host, port }: Bound): string {
  if (isWildcard(host)) return `${scheme}://127.0.0.1:${port}`
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Closes the server after the answers under way, or after `graceMs`. */
export async function closeGently(app: FastifyInstance, connections: Connections, graceMs: number): Promise<void> {
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
