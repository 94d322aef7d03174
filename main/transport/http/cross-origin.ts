import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AllowedOrigins } from './allowed-origins.ts'
import type { Route } from './route.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    signed?: Route['signed']
  }
}

/** ID-62, ID-63: what a page may read beside the body. */
const EXPOSED = [
  ...['ETag', 'Content-Range', 'Accept-Ranges', 'Content-Length', 'Content-Disposition', 'X-Request-ID'],
  ...['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset', 'Retry-After', 'Idempotency-Replayed'],
].join(', ')
/** What a page may send: to a signed URL no key, as the URL is the credential. */
const SIGNED_HEADERS = [
  ...['Content-Type', 'Content-MD5', 'Range', 'If-Range', 'If-None-Match', 'If-Modified-Since'],
  ...['Last-Event-ID', 'Cache-Control', 'X-Request-ID'],
]
const KEYED_HEADERS = ['Authorization', 'X-API-Key', 'Idempotency-Key', ...SIGNED_HEADERS]
const PREFLIGHT_SECONDS = 600

/**
 * Tells browsers which pages of other origins may read an answer (CORS): any page that has a signed URL, and else those
 * of the origins that were allowed. It comes first, so that a page can also read why it was refused.
 * @returns whether a page may read it.
 */
export function allowOrigins(
  request: FastifyRequest,
  reply: FastifyReply,
  allowed: Pick<AllowedOrigins, 'includes' | 'isEmpty'> | undefined,
): boolean {
  const { origin } = request.headers
  if (isSigned(request)) {
    // Also without Origin: a copy that `<img>` left in the browser's cache is given to a script, too.
    reply.headers({ 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' })
    describe(request, reply, SIGNED_HEADERS)
    return true
  }
  if (!allowed || allowed.isEmpty) return false
  reply.header('Vary', 'Origin')
  if (origin === undefined || !allowed.includes(origin)) return false
  reply.header('Access-Control-Allow-Origin', origin)
  describe(request, reply, KEYED_HEADERS)
  return true
}

/** Whether the URL itself is the credential (ID-63); a page without such a URL reads nothing. */
export function isSigned({ url, routeOptions }: FastifyRequest): boolean {
  const { signed } = routeOptions.config
  return signed === 'path' || (signed === 'query' && /[?&]signature=./.test(url))
}

/** A browser's question whether a page may send a request. */
export function isPreflight({ method, headers }: FastifyRequest): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined
}

/** What a page may read of this answer, or send in the request that it asks about. */
function describe(request: FastifyRequest, reply: FastifyReply, headers: readonly string[]): void {
  if (!isPreflight(request)) {
    reply.header('Access-Control-Expose-Headers', EXPOSED)
    return
  }
  reply.headers({
    'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
    'Access-Control-Allow-Headers': headers.join(', '),
    'Access-Control-Max-Age': PREFLIGHT_SECONDS,
  })
  // Browsers ask this of a page of the internet that reads from this machine or its network.
  if (request.headers['access-control-request-private-network'] === 'true') {
    reply.header('Access-Control-Allow-Private-Network', 'true')
  }
}
