export { type Answer, IdempotencyStore } from './idempotency-store.ts'
export { describeSystem } from './state.ts'
export { implementSystem } from './handlers.ts'
export { systemModule } from './module.ts'
