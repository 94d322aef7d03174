import type { FastifyReply, FastifyRequest } from 'fastify'
import { EngineError } from '../../contract/index.ts'
import { prefixOf } from '../../engine/identity/index.ts'
import { keyIn, readCredentials, type Authenticate, type CheckSignature } from './authentication.ts'
import { Refused } from './errors.ts'
import type { Asker } from './guard.ts'
import type { CountRequest } from './rate-limit.ts'

/** `keyPrefix` is the part of the key that may be shown; null where what was sent has not the form of a key. */
export type OnSignInFailed = (attempt: { address: string; keyPrefix: string | null }) => void

interface FrontDoorOptions {
  readonly count: CountRequest
  readonly authenticate: Authenticate
  readonly checkSignature?: CheckSignature | undefined
  readonly onSignInFailed?: OnSignInFailed | undefined
  readonly isOwnHost: (asker: Asker) => boolean
  readonly urlCharacters: number
}

/** What every request passes, in this order: its id, its key, the rate limit, the length of its URL, the guard. */
export class FrontDoor {
  readonly #options: FrontDoorOptions
  #isClosing = false

  constructor(options: FrontDoorOptions) {
    this.#options = options
  }

  get count(): CountRequest {
    return this.#options.count
  }

  /** From now on everybody is sent away. */
  close(): void {
    this.#isClosing = true
  }

  /**
   * Names and counts a request, so that whatever becomes of it says so.
   * @throws EngineError `rate_limited`, `unavailable`; Refused with 414.
   */
  async enter(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { authenticate, checkSignature, count, urlCharacters } = this.#options
    reply.header('X-Request-ID', request.id)
    request.credentials = readCredentials(request, { authenticate, ...(checkSignature && { checkSignature }) })
    if (request.credentials === 'unknown' || request.credentials === 'expired') this.#tellFailure(request)
    const { headers, refusal } = await count(request)
    reply.headers(headers)
    if (refusal) throw refusal
    if (request.url.length > urlCharacters) throw new Refused(414, `A URL has at most ${urlCharacters} characters.`)
    if (!this.#isClosing) return
    reply.headers({ 'Retry-After': 5, Connection: 'close' })
    throw new EngineError('unavailable', 'Fieldreel is closing. Try again when it runs.')
  }

  #tellFailure({ ip, headers }: FastifyRequest): void {
    const key = keyIn(headers.authorization)
    this.#options.onSignInFailed?.({ address: ip, keyPrefix: key === null ? null : prefixOf(key) })
  }

  /** @throws EngineError `forbidden`. */
  guard({ headers: { host, origin } }: FastifyRequest): void {
    if (this.#options.isOwnHost({ host, origin })) return
    throw new EngineError('forbidden', 'This request came for another host or from another site.')
  }
}
