import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { EngineError } from '../../contract/index.ts'
import type { Answer, IdempotencyStore } from '../../engine/system/index.ts'

/** Keeps the answers of requests that may be repeated; the engine's, as they outlive the process. */
export type AnswerStore = Pick<IdempotencyStore, 'claim'>

declare module 'fastify' {
  interface FastifyRequest {
    settleAnswer: ((answer: Answer | null) => void) | null
  }
}

/**
 * ID-42. A repeat that comes while the first is still at work waits for its answer.
 */
export function replayRepeats(scope: FastifyInstance, answers: AnswerStore): void {
  scope.decorateRequest('settleAnswer', null)
  scope.addHook('preHandler', async (request, reply) => {
    const secret = secretOf(request)
    if (secret === null) return
    const claim = await answers.claim(secret, `${request.url}\n${JSON.stringify(request.body)}`)
    if (claim.kind === 'taken') {
      throw new EngineError('invalid_input', 'This Idempotency-Key was used for another request.')
    }
    if (claim.kind === 'repeat') return replay(reply, claim.answer)
    request.settleAnswer = claim.settle
  })
  scope.addHook('onSend', async (request, reply, payload) => {
    if (!request.settleAnswer) return
    const body = payload ?? ''
    // A failure changed nothing, so its repeat may well be tried.
    const isLasting = typeof body === 'string' && reply.statusCode < 400
    const contentType = String(reply.getHeader('content-type') ?? '')
    try {
      request.settleAnswer(isLasting ? { status: reply.statusCode, contentType, body } : null)
    } catch (error) {
      // What was asked is done: that its answer cannot be kept must not turn it into a failure.
      request.log.error({ err: error }, 'an answer could not be kept')
    }
  })
}

/** Contains the API key: no caller gets the answer to a request of another one. */
function secretOf({ method, headers, credentials }: FastifyRequest): string | null {
  const key = headers['idempotency-key']
  if (method !== 'POST' || typeof key !== 'string' || typeof credentials === 'string') return null
  if (key.length < 1 || key.length > 255) {
    throw new EngineError('invalid_input', 'An Idempotency-Key has 1 to 255 characters.')
  }
  return `${credentials.key} ${key}`
}

function replay(reply: FastifyReply, { status, contentType, body }: Answer) {
  reply.code(status).header('Idempotency-Replayed', 'true')
  return contentType === '' ? reply.send() : reply.type(contentType).send(body)
}
