export { type Answer, IdempotencyStore } from './idempotency-store.ts'
export { systemModule } from './module.ts'
