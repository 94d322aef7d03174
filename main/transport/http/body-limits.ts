import type { IncomingMessage } from 'node:http'
import { Transform } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { asEngineError, EngineError } from '../../contract/index.ts'
import { HttpError } from './errors.ts'
import type { BufferedBodies } from './buffered-bodies.ts'
import type { Limits } from './limits.ts'

/**
 * ID-43: a buffered body that is not complete in time fails with 408. When bodies take too much memory
 * over all connections, with 503.
 */
export function limitBuffering(
  scope: FastifyInstance,
  { limits: { bodyMs }, bodies }: { readonly limits: Pick<Limits, 'bodyMs'>; readonly bodies: BufferedBodies },
): void {
  scope.addHook('preParsing', async ({ raw }, reply, payload) => {
    if (raw.complete || !hasBody(raw)) return payload
    const counted = bodies.open((error) => buffered.destroy(error))
    const buffered = new Transform({
      transform(piece: Buffer, _encoding, done) {
        counted.add(piece.length)
        done(null, piece)
      },
    })
    const timer = setTimeout(
      () => buffered.destroy(new HttpError(408, `The body did not arrive within ${bodyMs / 1000} s.`)),
      bodyMs,
    )
    // A body of another type is never read, so nothing else handles its errors.
    buffered.on('error', () => undefined)
    buffered.once('close', () => {
      clearTimeout(timer)
      counted.close()
    })
    reply.raw.once('close', () => buffered.destroy())
    raw.once('error', (error) => buffered.destroy(error))
    return payload.pipe(buffered)
  })
}

/** Bodies up to this length are drained when they are refused unread; hanging up at once could lose the answer. */
const DRAINED_BYTES = 16 * 1024 * 1024

/** How long a refused caller may take to read the answer, while the rest of its body is not read. */
const READ_MS = 2000

/**
 * A body that still arrives after its answer was sent is drained for a while, so that the caller can read the answer.
 * Not when this server is overloaded: draining the bodies of hundreds of callers would keep it busy.
 */
export function limitDraining(app: FastifyInstance, { bodyMs }: Pick<Limits, 'bodyMs'>): void {
  app.addHook('onSend', async ({ headers, raw }, reply) => {
    if (reply.statusCode === 413 && Number(headers['content-length']) <= DRAINED_BYTES) reply.removeHeader('Connection')
    if (reply.statusCode === 503 && !raw.complete) reply.header('Connection', 'close')
  })
  app.addHook('onResponse', async ({ raw }, { statusCode }) => {
    if (raw.complete || raw.destroyed) return
    if (statusCode === 503) raw.pause()
    else raw.resume()
    const timer = setTimeout(() => raw.socket.destroy(), statusCode === 503 ? READ_MS : bodyMs)
    raw.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer))
  })
}

/**
 * The bytes of a body as they arrive; waiting for the reader costs the sender nothing.
 * @throws EngineError `cancelled` when no byte came for `stallMs`; `onStall` is called before.
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

/** How fast a long JSON body has to come, on average, once `bodyMs` are over. */
const BODY_BYTES_PER_SECOND = 256 * 1024

/**
 * The bytes of a long JSON body as they arrive. Only waiting for the sender counts, not what is done with the bytes.
 * @throws Refused with 408 when they come too slowly; the reason of `signal` when that aborts.
 */
export async function* readPaced(
  raw: IncomingMessage,
  { bodyMs }: Pick<Limits, 'bodyMs'>,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void> {
  const pieces = raw.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>
  let [waitedMs, length] = [0, 0]
  try {
    for (;;) {
      const leftMs = bodyMs + (length / BODY_BYTES_PER_SECOND) * 1000 - waitedMs
      const start = performance.now()
      const next = await within(pieces.next(), Math.max(1, Math.min(bodyMs, leftMs)), signal)
      if (next.done) return
      waitedMs += performance.now() - start
      length += next.value.length
      yield next.value
    }
  } catch (error) {
    if (error instanceof EngineError && error.code === 'cancelled' && !signal.aborted)
      throw new HttpError(408, `The body did not arrive within ${bodyMs / 1000} s.`)
    throw error
  } finally {
    void pieces.return?.().catch(() => undefined)
  }
}

function within<T>(promise: Promise<T>, ms: number, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(asEngineError(signal?.reason))
    const timer = setTimeout(() => reject(new EngineError('cancelled', `No data arrived for ${ms / 1000} s.`)), ms)
    if (signal?.aborted) stop()
    signal?.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
    })
  })
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}
