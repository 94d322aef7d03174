import type { FastifyReply, FastifyRequest } from 'fastify'
import { EngineError } from '../../contract/index.ts'
import { type FailedSignIns, prefixOf } from '../../engine/identity/index.ts'
import { keyIn, readCredentials, type Authenticate, type CheckSignature } from './authentication.ts'
import { isSigned } from './cross-origin.ts'
import { HttpError } from './errors.ts'
import type { RequestHosts } from './host-check.ts'
import type { CountRequest } from './rate-limit.ts'

/** `keyPrefix` is the part of the key that may be shown; null where what was sent has not the form of a key. */
export type OnSignInFailed = (attempt: { address: string; keyPrefix: string | null }) => void

interface RequestChecksOptions {
  readonly count: CountRequest
  readonly authenticate: Authenticate
  readonly checkSignature?: CheckSignature | undefined
  readonly onSignInFailed?: OnSignInFailed | undefined
  readonly failedSignIns: FailedSignIns
  readonly isOwnHost: (hosts: RequestHosts) => boolean
  readonly isAllowedOrigin: (origin: string) => boolean
  readonly urlCharacters: number
}

/** The checks of every request, in this order: id, key, rate limit, length of the URL, host. */
export class RequestChecks {
  readonly #options: RequestChecksOptions
  #isClosing = false

  constructor(options: RequestChecksOptions) {
    this.#options = options
  }

  get count(): CountRequest {
    return this.#options.count
  }

  /** From now on every request is refused. */
  close(): void {
    this.#isClosing = true
  }

  /**
   * Gives a request its id and counts it, so that every answer carries both.
   * @throws EngineError `rate_limited` also for a caller who tries key after key, `unavailable`; HttpError with 414.
   */
  async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { authenticate, checkSignature, count, urlCharacters } = this.#options
    reply.header('X-Request-ID', request.id)
    request.credentials = readCredentials(request, { authenticate, ...(checkSignature && { checkSignature }) })
    if (request.credentials === 'unknown' || request.credentials === 'expired') this.#reportFailure(request)
    const { headers, refusal } = await count(request)
    reply.headers(headers)
    if (refusal) throw refusal
    this.#countFailure(request)
    if (request.url.length > urlCharacters) throw new HttpError(414, `A URL has at most ${urlCharacters} characters.`)
    if (!this.#isClosing) return
    reply.headers({ 'Retry-After': 5, Connection: 'close' })
    throw new EngineError('unavailable', 'Fieldreel is closing. Try again when it is running.')
  }

  #reportFailure({ ip, headers }: FastifyRequest): void {
    const key = keyIn(headers)
    this.#options.onSignInFailed?.({ address: ip, keyPrefix: key ? prefixOf(key) : null })
  }

  /** ID-60, ID-61. @throws EngineError `forbidden`. */
  assertOwnHost(request: FastifyRequest): void {
    const { url, headers } = request
    const { isOwnHost, isAllowedOrigin } = this.#options
    const isLetIn = headers.origin === undefined || isSigned(request) || isAllowedOrigin(headers.origin)
    const origin = isLetIn ? undefined : headers.origin
    // "GET http://host/path" names a host in its target: that one must be ours, too.
    const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1] ?? headers.host
    if (isOwnHost({ host: headers.host, origin }) && isOwnHost({ host: authority, origin })) return
    throw new EngineError('forbidden', 'This request came for another host or from another site.')
  }

  /** Of keys only: a person may choose one that can be guessed, while the signature of a link has 256 random bits. */
  #countFailure({ credentials, headers, ip }: FastifyRequest): void {
    if (credentials !== 'unknown') return
    const shown = JSON.stringify([headers.authorization, headers['x-api-key']])
    const seconds = this.#options.failedSignIns.note(ip, shown)
    if (seconds === 0) return
    throw new EngineError('rate_limited', `Too many invalid API keys. Try again in ${seconds} s.`, {
      retry_after_seconds: seconds,
    })
  }
}
