import { type Identity, prefixOf } from '../identity/index.ts'
import type { AuditLog } from './audit-log.ts'

interface OwnerKeyOptions {
  readonly identity: Identity
  readonly audit: AuditLog
}

/** Sets the key that the environment names; written down where it was not the owner's before. */
export function setOwnerKey(key: string, { identity, audit }: OwnerKeyOptions): void {
  const isNew = !identity.isKnown(key)
  identity.setOwnerKey(key)
  if (isNew) noteOwnerKey(key, 'keys.setOwner', { identity, audit })
}

/** Makes a key for the owner when they have none. @returns the key, to be shown once; else null. */
export function makeOwnerKey({ identity, audit }: OwnerKeyOptions): string | null {
  const key = identity.makeOwnerKey()
  if (key !== null) noteOwnerKey(key, 'keys.makeOwner', { identity, audit })
  return key
}

function noteOwnerKey(key: string, action: string, { identity, audit }: OwnerKeyOptions): void {
  const userId = identity.ownerId()
  audit.record({ userId, door: 'command', action, outcome: 'done', target: prefixOf(key) })
}
