export { AuditLog, type AuditLogOptions, type Names } from './audit-log.ts'
export { implementAudit } from './handlers.ts'
export { auditLines } from './lines.ts'
