import { createApiKey, deleteApiKey, getApiKey, listApiKeys, updateApiKey } from '../../contract/index.ts'
import type { Operations } from '../operations.ts'
import type { Identity } from './identity.ts'

/** Answers the operations of contract/identity/key.ts. */
export function implementKeys(operations: Operations, identity: Identity): void {
  operations
    .implement(createApiKey, (spec) => identity.createKey(spec))
    .implement(listApiKeys, ({ includeInactive }) => ({ keys: identity.listKeys(includeInactive) }))
    .implement(getApiKey, ({ keyId }) => identity.getKey(keyId))
    .implement(updateApiKey, (change) => identity.updateKey(change))
    .perform(deleteApiKey, ({ keyId }) => identity.deleteKey(keyId))
}
