export { AuditLog, type AuditLogOptions } from './audit-log.ts'
export { auditLines } from './lines.ts'
export { auditModule } from './module.ts'
