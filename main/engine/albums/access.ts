import { EngineError, type Visibility } from '../../contract/index.ts'
import type { Caller } from '../operations.ts'

interface Guarded {
  readonly owner_id: string
  readonly visibility: Visibility
}

/** Any signed-in user may view the videos of the library; others see those that an album opens to them. */
export function seesLibrary({ userId, scopes }: Caller): boolean {
  return userId !== null && scopes.has('read')
}

export function isOwner({ owner_id }: Guarded, { userId, scopes }: Caller): boolean {
  return userId !== null && (userId === owner_id || scopes.has('admin'))
}

/** LI-42. @throws EngineError `unauthenticated`, `forbidden`. */
export function assertMayRead(album: Guarded, caller: Caller): void {
  if (album.visibility !== 'private') return
  if (caller.userId === null) throw new EngineError('unauthenticated', 'This album is private: a valid key is needed.')
  if (!isOwner(album, caller) || !caller.scopes.has('read')) {
    throw new EngineError('forbidden', 'This album is private.')
  }
}

/** LI-44. @throws EngineError `forbidden`. */
export function assertMayChange(album: Guarded, caller: Caller): void {
  if (!isOwner(album, caller)) throw new EngineError('forbidden', 'Only the owner of an album may change it.')
}
