import { EngineError } from '../../contract/index.ts'
import type { Caller, Door } from '../../engine/operations.ts'

/** Whose key it is and what it may do. */
export type Identity = Pick<Caller, 'scopes'> & { readonly userId: string }

/** Looks a key up; asked once a request. */
export type Authenticate = (key: string) => Identity | 'unknown' | 'expired'

/** What a request showed: nothing, a key that does not count, or a good one. */
export type Credentials = 'none' | 'unknown' | 'expired' | (Identity & { readonly key: string })

declare module 'fastify' {
  interface FastifyRequest {
    credentials: Credentials
  }
}

/** Reads "Authorization: Bearer {api_key}". Another scheme counts as an unknown key. */
export function readCredentials(header: string | undefined, authenticate: Authenticate): Credentials {
  if (header === undefined) return 'none'
  const key = /^Bearer +(\S+) *$/i.exec(header)?.[1]
  if (key === undefined) return 'unknown'
  const identity = authenticate(key)
  return typeof identity === 'string' ? identity : { ...identity, key }
}

/** @throws EngineError `unauthenticated` or `key_expired`, so that nothing of a stranger's request is even parsed. */
export function assertSignedIn(credentials: Credentials): void {
  if (credentials === 'expired') throw new EngineError('key_expired', 'This API key has expired.')
  if (credentials === 'unknown') throw new EngineError('unauthenticated', 'This API key is not valid.')
  if (credentials === 'none') {
    throw new EngineError('unauthenticated', 'An API key is needed: send "Authorization: Bearer <key>".')
  }
}

export function callerOf(credentials: Credentials, door: Door): Caller {
  if (typeof credentials === 'string') return { door, userId: null, scopes: new Set() }
  return { door, userId: credentials.userId, scopes: credentials.scopes }
}
