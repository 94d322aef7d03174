import type { IdempotencyStore } from './engine/system/index.ts'
import { EngineError } from './contract/index.ts'
import { FailedSignIns, type Identity, weaknessOf } from './engine/identity/index.ts'
import type { MediaUrls } from './engine/library/index.ts'
import type { Operations } from './engine/operations.ts'
import type { Database } from './platform/database/index.ts'
import type { DataFolder } from './platform/files/index.ts'
import type { Log } from './platform/log/index.ts'
import { isLoopback } from './base/ip-address.ts'
import type { HttpServer, ReceiveVideo, ServeWhere, ServerOptions } from './transport/http/index.ts'

export interface ServingOptions {
  readonly operations: Operations
  readonly answers: IdempotencyStore
  readonly identity: Identity
  readonly mediaUrls: MediaUrls
  readonly ownerId: string
  readonly folder: DataFolder
  readonly database: Database
  readonly log: Log
  readonly version: string
  /** See `Pipeline.receiveVideo`. */
  readonly receiveVideo: ReceiveVideo
  readonly env: NodeJS.ProcessEnv
  /** Told of keys that did not let somebody in. */
  readonly onSignInFailed: NonNullable<ServerOptions['onSignInFailed']>
}

/** How a server is opened on this engine, by the command and by the window's switch. */
export function serving(options: ServingOptions): (where: ServeWhere) => Promise<HttpServer> {
  const { operations, answers, identity, mediaUrls, ownerId, folder, database, log, version, env } = options
  const { onSignInFailed, receiveVideo } = options
  const authenticate = (key: string) => identity.authenticate(key)
  // A signed URL reads as the person at this machine does: all share one library.
  const checkSignature = (target: string) => {
    const verdict = mediaUrls.check(target)
    return verdict === 'good' ? { userId: ownerId, scopes: new Set(['read'] as const) } : verdict
  }
  // One for all doors: whoever guesses at one of them has guessed at the other.
  const failedSignIns = new FailedSignIns()
  const trustedProxies = env['FIELDREEL_TRUSTED_PROXY']
  const health = () => ({ storage: folder.look(), isReadOnly: database.isReadOnly })
  const shared = {
    ...{ operations, answers, authenticate, checkSignature, onSignInFailed, failedSignIns },
    ...{ trustedProxies, receiveVideo, health, log, version },
  }
  return async (where) => {
    assertStrongKey(where.host, env['FIELDREEL_API_KEY'], identity, log)
    // Loaded when it is wanted: most windows never switch the server on, and should not wait for it.
    const { openServer } = await import('./transport/http/index.ts')
    return await openServer({ ...shared, tlsFolder: folder.tls }, where)
  }
}

/**
 * A key that can be guessed lets in everybody who can reach the server: beyond this machine it may not be served at all.
 * @throws EngineError `unavailable`.
 */
function assertStrongKey(host: string, given: string | undefined, identity: Identity, log: Log): void {
  const weakness = given ? weaknessOf(given) : identity.hasWeakOwnerKey() ? 'was chosen too short or too plain' : null
  if (weakness === null) return
  const what = `The owner's key (FIELDREEL_API_KEY) ${weakness}`
  if (!isLoopback(host)) {
    throw new EngineError(
      'unavailable',
      `${what}. With such a key Fieldreel serves this machine only, not ${host}. Set a longer one, or none: then Fieldreel makes one.`,
    )
  }
  log.warn(`${what}. Whoever reaches this server can guess it.`)
}
