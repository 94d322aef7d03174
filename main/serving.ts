import type { Answers } from './engine/system/index.ts'
import type { Identity } from './engine/identity/index.ts'
import type { MediaUrls } from './engine/library/index.ts'
import type { Operations } from './engine/operations.ts'
import type { Database } from './platform/database/index.ts'
import type { DataFolder } from './platform/files/index.ts'
import type { Log } from './platform/log/index.ts'
import type { HttpServer, ServeWhere } from './transport/http/index.ts'

export interface ServingOptions {
  readonly operations: Operations
  readonly answers: Answers
  readonly identity: Identity
  readonly mediaUrls: MediaUrls
  readonly ownerId: string
  readonly folder: DataFolder
  readonly database: Database
  readonly log: Log
  readonly version: string
  readonly workersFolder: string
  readonly env: NodeJS.ProcessEnv
}

/** How a server is opened on this engine, by the command and by the window's switch. */
export function serving(options: ServingOptions): (where: ServeWhere) => Promise<HttpServer> {
  const { operations, answers, identity, mediaUrls, ownerId, folder, database, log, version, workersFolder, env } =
    options
  const authenticate = (key: string) => identity.authenticate(key)
  // A signed URL reads as the person at this machine does: all share one library.
  const checkSignature = (target: string) => {
    const verdict = mediaUrls.check(target)
    return verdict === 'good' ? { userId: ownerId, scopes: new Set(['read'] as const) } : verdict
  }
  const trustedProxies = env['FIELDREEL_TRUSTED_PROXY']
  const health = () => ({ storage: folder.look(), isReadOnly: database.isReadOnly })
  const shared = { operations, answers, authenticate, checkSignature, trustedProxies, health, log, version }
  return async (where) => {
    // Loaded when it is wanted: most windows never switch the server on, and should not wait for it.
    const { openServer } = await import('./transport/http/index.ts')
    return await openServer({ ...shared, tlsFolder: folder.tls, workersFolder }, where)
  }
}
