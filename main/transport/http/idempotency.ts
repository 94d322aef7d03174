import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { EngineError } from '../../contract/index.ts'

/** Answers are kept for a day, or until newer ones need the room. */
const KEPT_MS = 24 * 60 * 60_000
const KEPT_BYTES = 32 * 1024 * 1024

interface Answer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

interface Entry {
  readonly fingerprint: string
  readonly since: number
  /** null when it failed: then the next one does the work. */
  readonly answer: Promise<Answer | null>
  settle(answer: Answer | null): void
  bytes: number
}

declare module 'fastify' {
  interface FastifyRequest {
    idempotent: Entry | null
  }
}

/**
 * "Idempotency-Key on every POST; replays the stored answer; same key + other body -> 422". A repeat that comes while
 * the first is still at work waits for its answer. Answers live in memory: a restart forgets them.
 */
export function replayRepeats(scope: FastifyInstance): void {
  const entries = new Map<string, Entry>()
  scope.decorateRequest('idempotent', null)
  scope.addHook('preHandler', async (request, reply) => {
    const key = keyOf(request)
    if (key === null) return
    for (let entry = entries.get(key); entry && isFresh(entry); entry = entries.get(key)) {
      if (entry.fingerprint !== fingerprintOf(request)) {
        throw new EngineError('invalid_input', 'This Idempotency-Key was used for another request.')
      }
      const answer = await entry.answer
      if (answer) return replay(reply, answer)
      if (entries.get(key) === entry) entries.delete(key)
    }
    request.idempotent = openEntry(fingerprintOf(request))
    entries.delete(key)
    entries.set(key, request.idempotent)
  })
  scope.addHook('onSend', async ({ idempotent }, reply, payload) => {
    if (!idempotent) return
    // A failure changed nothing, so its repeat may well be tried.
    const isLasting = typeof payload === 'string' && reply.statusCode < 400
    if (isLasting) idempotent.bytes = payload.length
    const contentType = String(reply.getHeader('content-type') ?? '')
    idempotent.settle(isLasting ? { status: reply.statusCode, contentType, body: payload } : null)
    forgetOldest(entries)
  })
}

/** Kept apart by API key: nobody is answered with what another one asked for, or may not ask for himself. */
function keyOf({ method, headers, credentials }: FastifyRequest): string | null {
  const key = headers['idempotency-key']
  if (method !== 'POST' || typeof key !== 'string' || typeof credentials === 'string') return null
  if (key.length < 1 || key.length > 255) {
    throw new EngineError('invalid_input', 'An Idempotency-Key has 1 to 255 characters.')
  }
  return `${credentials.key} ${key}`
}

function fingerprintOf({ url, body }: FastifyRequest): string {
  return createHash('sha256')
    .update(`${url}\n${JSON.stringify(body)}`)
    .digest('hex')
}

function openEntry(fingerprint: string): Entry {
  const { promise, resolve } = withResolvers<Answer | null>()
  return { fingerprint, since: Date.now(), answer: promise, settle: resolve, bytes: 0 }
}

/** Promise.withResolvers, which Node 20 lacks. */
function withResolvers<T>() {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((fulfil) => (resolve = fulfil))
  return { promise, resolve }
}

function isFresh({ since }: Entry): boolean {
  return Date.now() - since < KEPT_MS
}

function replay(reply: FastifyReply, { status, contentType, body }: Answer) {
  return reply.code(status).header('Idempotency-Replayed', 'true').type(contentType).send(body)
}

/** A Map keeps the order of insertion: the first ones are the oldest. */
function forgetOldest(entries: Map<string, Entry>): void {
  let bytes = [...entries.values()].reduce((sum, entry) => sum + entry.bytes, 0)
  for (const [key, entry] of entries) {
    if (bytes <= KEPT_BYTES && isFresh(entry)) return
    bytes -= entry.bytes
    entries.delete(key)
  }
}
