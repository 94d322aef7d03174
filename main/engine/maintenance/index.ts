export { implementMaintenance } from './handlers.ts'
