import { EngineError } from '../../contract/index.ts'
import type { Caller } from '../operations.ts'

/** LI-6, LI-7, LI-44: a thing is changed by its owner and by admins only. */
export function mayChange(ownerId: string, { userId, scopes }: Caller): boolean {
  return userId !== null && (userId === ownerId || scopes.has('admin'))
}

/** @param refusal the error's message. @throws EngineError `forbidden`. */
export function assertMayChange(ownerId: string, caller: Caller, refusal: string): void {
  if (!mayChange(ownerId, caller)) throw new EngineError('forbidden', refusal)
}

/** LI-7: whoever is signed in may see every item of the library. */
export function seesLibrary({ userId, scopes }: Caller): boolean {
  return userId !== null && scopes.has('read')
}
