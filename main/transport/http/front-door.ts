import type { FastifyReply, FastifyRequest } from 'fastify'
import { EngineError } from '../../contract/index.ts'
import { type FailedSignIns, prefixOf } from '../../engine/identity/index.ts'
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
  readonly failedSignIns: FailedSignIns
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
   * @throws EngineError `rate_limited` also for one who tries key after key, `unavailable`; Refused with 414.
   */
  async enter(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { authenticate, checkSignature, count, urlCharacters } = this.#options
    reply.header('X-Request-ID', request.id)
    request.credentials = readCredentials(request, { authenticate, ...(checkSignature && { checkSignature }) })
    if (request.credentials === 'unknown' || request.credentials === 'expired') this.#tellFailure(request)
    const { headers, refusal } = await count(request)
    reply.headers(headers)
    if (refusal) throw refusal
    this.#countFailure(request)
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
  guard({ url, headers: { host, origin } }: FastifyRequest): void {
    // "GET http://host/path": whoever asks a proxy means that host, whatever the header says.
    const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1] ?? host
    if (this.#options.isOwnHost({ host, origin }) && this.#options.isOwnHost({ host: authority, origin })) return
    throw new EngineError('forbidden', 'This request came for another host or from another site.')
  }

  /** Of keys only: a person may choose one that can be guessed, while the signature of a link has 256 random bits. */
  #countFailure({ credentials, headers, ip }: FastifyRequest): void {
    if (credentials !== 'unknown') return
    const seconds = this.#options.failedSignIns.note(ip, headers.authorization ?? '')
    if (seconds === 0) return
    throw new EngineError('rate_limited', `Too many keys that are not valid. Try again in ${seconds} s.`, {
      retry_after_seconds: seconds,
    })
  }
}
