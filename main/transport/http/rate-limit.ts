import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { networkOf } from '../../base/ip-address.ts'
import { EngineError } from '../../contract/index.ts'

const WINDOW_MS = 60_000

/** Who is counted: the key where a good one is shown, else the address; who asks for /healthz is counted apart. */
export type Counted = Pick<FastifyRequest, 'credentials' | 'ip'> & { readonly url?: string }

export interface Count {
  readonly headers: Readonly<Record<string, number>>
  /** Set when this was one request too many. */
  readonly refusal: EngineError | null
}

/** Counts one request. */
export type CountRequest = (asker: Counted) => Promise<Count>

/**
 * ID-40. The library counts; its own headers tell seconds left instead of the unix time, and are missing where no route is.
 */
export async function limitRate(app: FastifyInstance, requestsPerMinute: number): Promise<CountRequest> {
  await app.register(rateLimit, { global: false })
  const count = app.createRateLimit({ max: requestsPerMinute, timeWindow: WINDOW_MS, keyGenerator: bucketOf })
  return async ({ credentials, ip, url = '' }) => {
    // All it reads of a request; what is no HTTP at all is counted too, and makes none.
    const state = await count({ credentials, ip, url, routeOptions: {} } as FastifyRequest)
    if (state.isAllowed) return { headers: {}, refusal: null }
    const headers = {
      'X-RateLimit-Limit': state.max,
      'X-RateLimit-Remaining': Math.max(0, state.remaining),
      'X-RateLimit-Reset': Math.ceil((Date.now() + state.ttl) / 1000),
    }
    if (!state.isExceeded) return { headers, refusal: null }
    const seconds = Math.max(1, state.ttlInSeconds)
    const refusal = new EngineError('rate_limited', `Too many requests: ${state.max} a minute are allowed.`, {
      retry_after_seconds: seconds,
    })
    return { headers: { ...headers, 'Retry-After': seconds }, refusal }
  }
}

function bucketOf({ credentials, ip, url = '' }: Counted): string {
  if (typeof credentials !== 'string') return `key ${credentials.key}`
  // A monitor must get its answer, too, where something else behind the same address asks without end.
  return `${/^\/healthz(\?|$)/.test(url) ? 'health' : 'address'} ${networkOf(ip)}`
}
