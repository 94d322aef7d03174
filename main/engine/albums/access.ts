import { EngineError, type Visibility } from '../../contract/index.ts'
import * as library from '../library/index.ts'
import type { Caller } from '../operations.ts'

interface Guarded {
  readonly owner_id: string
  readonly visibility: Visibility
}

/** LI-42. @throws EngineError `unauthenticated`, `forbidden`. */
export function assertMayRead({ owner_id, visibility }: Guarded, caller: Caller): void {
  if (visibility !== 'private') return
  if (caller.userId === null) throw new EngineError('unauthenticated', 'This album is private: a valid key is needed.')
  if (!library.mayChange(owner_id, caller) || !caller.scopes.has('read')) {
    throw new EngineError('forbidden', 'This album is private.')
  }
}

/** LI-44. @throws EngineError `forbidden`. */
export function assertMayChange({ owner_id }: Guarded, caller: Caller): void {
  library.assertMayChange(owner_id, caller, 'Only the owner of an album may change it.')
}
