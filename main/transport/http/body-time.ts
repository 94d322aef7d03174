import type { IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { EngineError } from '../../contract/index.ts'
import { Refused } from './errors.ts'
import type { Limits } from './limits.ts'

/** "JSON body within 30 s": what is gathered in memory fails with 408 when it is not there in time. */
export function limitGathering(scope: FastifyInstance, { bodyMs }: Pick<Limits, 'bodyMs'>): void {
  scope.addHook('preParsing', async ({ raw }, reply, payload) => {
    if (raw.complete || !hasBody(raw)) return payload
    const gathered = new PassThrough()
    const timer = setTimeout(
      () => gathered.destroy(new Refused(408, `The body did not arrive within ${bodyMs / 1000} s.`)),
      bodyMs,
    )
    // A body of a foreign type is never read, and then nobody else listens.
    gathered.on('error', () => undefined)
    gathered.once('close', () => clearTimeout(timer))
    reply.raw.once('close', () => gathered.destroy())
    raw.once('error', (error) => gathered.destroy(error))
    return payload.pipe(gathered)
  })
}

/** Bodies up to this length are drained when they are refused unread; hanging up at once could lose the answer. */
const DRAINED_BYTES = 16 * 1024 * 1024

/** What is still coming in when its answer has left is drained for a while, so that the caller gets to read it. */
export function limitDraining(app: FastifyInstance, { bodyMs }: Pick<Limits, 'bodyMs'>): void {
  app.addHook('onSend', async ({ headers }, reply) => {
    if (reply.statusCode === 413 && Number(headers['content-length']) <= DRAINED_BYTES) reply.removeHeader('Connection')
  })
  app.addHook('onResponse', async ({ raw }) => {
    if (raw.complete || raw.destroyed) return
    raw.resume()
    const timer = setTimeout(() => raw.socket.destroy(), bodyMs)
    raw.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer))
  })
}

/**
 * The bytes of a body as they arrive; waiting for the reader costs the sender nothing.
 * @throws EngineError `cancelled` when no byte came for `stallMs`; `onStall` is told before.
 */
export async function* pacedBody(
  raw: IncomingMessage,
  stallMs: number,
  onStall: () => void,
): AsyncGenerator<Uint8Array, void> {
  // A body that is refused half-way must not take the connection along, or its answer would never arrive.
  const pieces = raw.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Uint8Array>
  try {
    for (let next = await within(pieces.next(), stallMs); !next.done; next = await within(pieces.next(), stallMs)) {
      yield next.value
    }
  } catch (error) {
    if (error instanceof EngineError) onStall()
    throw error
  } finally {
    // Not awaited: it would wait for the very byte that does not come.
    void pieces.return?.().catch(() => undefined)
  }
}

function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const stalled = () => reject(new EngineError('cancelled', `No byte came for ${ms / 1000} s.`))
    const timer = setTimeout(stalled, ms)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}
