import { EngineError, listAudit } from '../../contract/index.ts'
import type { Operations } from '../operations.ts'

/** Answers the operations of contract/audit.ts. */
export function implementAudit(operations: Operations): void {
  operations.implement(listAudit, () => {
    throw new EngineError('unavailable', 'Not built yet.')
  })
}
