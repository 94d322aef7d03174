import type { Albums } from './engine/albums/index.ts'
import type { Annotations } from './engine/annotations/index.ts'
import type { AuditLog, Names } from './engine/audit/index.ts'
import type { Pipeline } from './engine/pipeline/index.ts'
import { type Identity, prefixOf } from './engine/identity/index.ts'
import type { Videos } from './engine/library/index.ts'
import type { Quarantine } from './engine/objects/index.ts'
import type { WatchedFolders } from './engine/uploads/index.ts'

export interface Named {
  readonly identity: Pick<Identity, 'getKey'>
  readonly videos: Pick<Videos, 'titleOf'>
  readonly albums: Pick<Albums, 'titleOf'>
  readonly annotations: Pick<Annotations, 'titleOf'>
  readonly tasks: Pick<Pipeline, 'titleOf'>
  readonly quarantine: Pick<Quarantine, 'titleOf'>
  readonly watched: Pick<WatchedFolders, 'pathOf'>
}

/** Where the audit log asks what things are called. @param named asked later: the log is there before they are. */
export function namesOf(named: () => Named): Names {
  return {
    key: (id) => named().identity.getKey(id).name,
    video: (id) => named().videos.titleOf(id),
    album: (id) => named().albums.titleOf(id),
    annotation: (id) => named().annotations.titleOf(id),
    task: (id) => named().tasks.titleOf(id),
    quarantined: (id) => named().quarantine.titleOf(id),
    watched: (id) => named().watched.pathOf(id),
  }
}

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
