import { isLoopback } from '../../base/ip-address.ts'
import { EngineError } from '../../contract/index.ts'
import { auditModule } from '../../engine/audit/index.ts'
import type { Platform } from '../../engine/capability.ts'
import { FailedSignIns, type Identity, identityModule, weaknessOf } from '../../engine/identity/index.ts'
import { libraryModule } from '../../engine/library/index.ts'
import { pipelineModule } from '../../engine/pipeline/index.ts'
import { systemModule } from '../../engine/system/index.ts'
import type { Log } from '../../platform/log/index.ts'
import type { AllowedOrigins } from './allowed-origins.ts'
import type { HttpServer, ServeWhere } from './index.ts'

/** Opens servers on this engine, for the command and for the window's switch. */
export function serverOpener(
  platform: Platform,
  allowedOrigins: AllowedOrigins,
): (where: ServeWhere) => Promise<HttpServer> {
  const { operations, folder, database, log, version, env, use } = platform
  const { identity, ownerId } = use(identityModule)
  const { mediaUrls } = use(libraryModule)
  const { receiveVideo } = use(pipelineModule)
  const { audit } = use(auditModule)
  const { answers } = use(systemModule)
  // A signed URL reads as the person at this machine does: all share one library.
  const checkSignature = (target: string) => {
    const verdict = mediaUrls.check(target)
    return verdict === 'good' ? { userId: ownerId, scopes: new Set(['read'] as const) } : verdict
  }
  const shared = {
    sign: (path: string) => mediaUrls.sign(path),
    ...{ operations, answers, checkSignature, log, version, tlsFolder: folder.tls },
    authenticate: (key: string) => identity.authenticate(key),
    onSignInFailed: (failed: { address: string; keyPrefix: string | null }) => audit.signInFailed(failed),
    // One for all servers: guesses at one of them count at the other.
    failedSignIns: new FailedSignIns(),
    trustedProxies: env['FIELDREEL_TRUSTED_PROXY'],
    allowedHosts: env['FIELDREEL_ALLOWED_HOSTS'],
    allowedOrigins,
    receiveVideo,
    health: () => ({ storage: folder.look(), isReadOnly: database.isReadOnly }),
  }
  return async (where) => {
    assertStrongKey(where.host, env['FIELDREEL_API_KEY'], identity, log)
    // Loaded on first use: most windows never switch the server on, and should not wait for it.
    const { openServer } = await import('./index.ts')
    return await openServer(shared, where)
  }
}

/**
 * A key that can be guessed lets in everybody who can reach the server: with it only this machine is served.
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
