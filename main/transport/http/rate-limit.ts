import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { EngineError } from '../../contract/index.ts'

const WINDOW_MS = 60_000

/**
 * Counts requests per key (per address where no good key is shown) and says so on every answer:
 * "X-RateLimit-Limit, -Remaining, -Reset (unix s) on every answer; Retry-After on 429".
 *
 * The library counts; its own headers tell seconds left instead of the unix time, so they are written here.
 */
export async function limitRate(app: FastifyInstance, requestsPerMinute: number): Promise<void> {
  await app.register(rateLimit, { global: false })
  const count = app.createRateLimit({ max: requestsPerMinute, timeWindow: WINDOW_MS, keyGenerator: bucketOf })
  app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    const state = await count(request)
    if (state.isAllowed) return
    reply.header('X-RateLimit-Limit', state.max)
    reply.header('X-RateLimit-Remaining', Math.max(0, state.remaining))
    reply.header('X-RateLimit-Reset', Math.ceil((Date.now() + state.ttl) / 1000))
    if (!state.isExceeded) return
    reply.header('Retry-After', Math.max(1, state.ttlInSeconds))
    throw new EngineError('rate_limited', `Too many requests: ${state.max} a minute are allowed.`, {
      retry_after_seconds: state.ttlInSeconds,
    })
  })
}

function bucketOf({ credentials, ip }: FastifyRequest): string {
  return typeof credentials === 'string' ? `address ${ip}` : `key ${credentials.key}`
}
