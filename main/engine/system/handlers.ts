import {
  createApiKey,
  deleteApiKey,
  followChanges,
  getApiKey,
  getServer,
  getSystem,
  listApiKeys,
  type ServerState,
  setServer,
  type SystemState,
  updateApiKey,
} from '../../contract/index.ts'
import type { Changes } from '../changes.ts'
import type { Identity } from '../identity/index.ts'
import type { Operations } from '../operations.ts'

export interface SystemHandlersOptions {
  readonly changes: Changes
  readonly identity: Identity
  readonly describe: () => Promise<SystemState>
  /** The HTTP server belongs to a layer above: it is handed in. */
  readonly server: {
    readonly state: ServerState
    set(choice: { running: boolean; port?: number | undefined; network?: boolean | undefined }): Promise<ServerState>
  }
}

/** Answers the operations of contract/system.ts and contract/server.ts. */
export function implementSystem(operations: Operations, options: SystemHandlersOptions): void {
  const { changes, identity, describe, server } = options
  operations
    .implement(getSystem, describe)
    .implementStream(followChanges, (_input, { signal }) => changes.follow(signal))
    .implement(getServer, () => server.state)
    .implement(setServer, (choice) => server.set(choice))
    .implement(createApiKey, (spec) => identity.createKey(spec))
    .implement(listApiKeys, ({ includeInactive }) => ({ keys: identity.listKeys(includeInactive) }))
    .implement(getApiKey, ({ keyId }) => identity.getKey(keyId))
    .implement(updateApiKey, (change) => identity.updateKey(change))
    .implement(deleteApiKey, ({ keyId }) => {
      identity.deleteKey(keyId)
      return { done: true as const }
    })
}
