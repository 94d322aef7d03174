import { createApiKey, deleteApiKey, getApiKey, listApiKeys, updateApiKey } from '../../contract/index.ts'
import type { Operations } from '../operations.ts'
import type { Identity } from './identity.ts'

/** Answers the operations of contract/identity/key.ts. */
export function implementKeys(operations: Operations, identity: Identity): void {
  operations
    .implement(createApiKey, (spec, { caller }) =>
      identity.createKey({ ...spec, scopes: spec.scopes.length > 0 ? spec.scopes : [...caller.scopes] }),
    )
    .implement(listApiKeys, (which) => identity.listKeys(which))
    .implement(getApiKey, ({ keyId }) => identity.getKey(keyId))
    .implement(updateApiKey, (change) => identity.updateKey(change))
    .perform(deleteApiKey, ({ keyId }) => identity.deleteKey(keyId))
}
