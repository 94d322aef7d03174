import { EngineError, revokeLink, rotateSecrets } from '../../contract/index.ts'
import type { Operations } from '../operations.ts'

function notYet(): never {
  throw new EngineError('unavailable', 'Not built yet.')
}

/** Answers the operations of contract/secret.ts. */
export function implementLinks(operations: Operations): void {
  operations.implement(rotateSecrets, notYet).implement(revokeLink, notYet)
}
