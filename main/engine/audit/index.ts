export { implementAudit } from './handlers.ts'
