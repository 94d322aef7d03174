import { EngineError } from '../../contract/index.ts'
import type { Caller, Door } from '../../engine/operations.ts'

/** Whose key it is and what it may do. */
export type Identity = Pick<Caller, 'scopes'> & { readonly userId: string }

/** Looks a key up; asked once a request. */
export type Authenticate = (key: string) => Identity | 'unknown' | 'expired'

/** Verifies the signature of a request target; a valid one identifies a user. */
export type CheckSignature = (target: string) => Identity | 'unsigned' | 'refused'

/**
 * What a request showed: nothing, a key or a signature that does not count, or a good one. `key` tells apart whom
 * requests are counted for: the key, or the signature.
 */
export type Credentials =
  'none' | 'unknown' | 'expired' | 'refused' | (Identity & { readonly key: string; readonly byLink?: boolean })

/** What identifies the caller. */
export interface Shown {
  readonly method: string
  /** The request target: path and query. */
  readonly url: string
  readonly headers: KeyHeaders
}

/** ID-20 */
interface KeyHeaders {
  readonly authorization?: string | undefined
  readonly 'x-api-key'?: string | string[] | undefined
}

declare module 'fastify' {
  interface FastifyRequest {
    credentials: Credentials
  }
}

/** Who asks: by key, or by the signature of the URL that is read. A good one of the two is enough. */
export function readCredentials(
  { method, url, headers }: Shown,
  { authenticate, checkSignature }: { authenticate: Authenticate; checkSignature?: CheckSignature },
): Credentials {
  const byKey = readKey(headers, authenticate)
  // ID-64
  if (typeof byKey !== 'string' || !checkSignature || (method !== 'GET' && method !== 'HEAD')) return byKey
  const signer = checkSignature(url)
  if (typeof signer !== 'string') return { ...signer, key: url, byLink: true }
  return signer === 'refused' && byKey === 'none' ? 'refused' : byKey
}

/** The key that is shown; null where none is, empty where what is shown is no key, or two that differ. */
export function keyIn({ authorization, 'x-api-key': plain }: KeyHeaders): string | null {
  const shown = [
    ...(authorization === undefined ? [] : [/^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? '']),
    ...(plain === undefined ? [] : [String(plain).trim()]),
  ]
  const [key = null] = shown
  return shown.every((one) => one === key) ? key : ''
}

function readKey(headers: KeyHeaders, authenticate: Authenticate): Credentials {
  const key = keyIn(headers)
  if (key === null) return 'none'
  const identity = key === '' ? 'unknown' : authenticate(key)
  return typeof identity === 'string' ? identity : { ...identity, key }
}

/** @throws EngineError `unauthenticated`, `key_expired` or `url_refused`, before anything of the request is parsed. */
export function assertSignedIn(credentials: Credentials): void {
  if (credentials === 'expired') throw new EngineError('key_expired', 'This API key has expired.')
  if (credentials === 'refused') {
    throw new EngineError('url_refused', 'This link is not valid or has expired. Ask for a new one.')
  }
  if (credentials === 'unknown') throw new EngineError('unauthenticated', 'This API key is not valid.')
  if (credentials === 'none') {
    throw new EngineError(
      'unauthenticated',
      'An API key is needed: send "Authorization: Bearer <key>" or "X-API-Key: <key>".',
    )
  }
}

export function callerOf(credentials: Credentials, door: Door): Caller {
  if (typeof credentials === 'string') return { door, userId: null, scopes: new Set() }
  const { userId, scopes, byLink = false } = credentials
  return { door, userId, scopes, ...(byLink && { byLink }) }
}
