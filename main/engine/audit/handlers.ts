import { listAudit } from '../../contract/index.ts'
import type { Operations } from '../operations.ts'
import type { AuditLog } from './audit-log.ts'

/** Answers the operations of contract/audit.ts. */
export function implementAudit(operations: Operations, audit: AuditLog): void {
  operations.implement(listAudit, (query) => audit.list(query))
}
