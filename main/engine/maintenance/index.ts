export { implementMaintenance } from './handlers.ts'
export type { Outcome, ToMaintenance } from './messages.ts'
export { runMaintenance } from './thread.ts'
