export type { StoredEvent } from './event.ts'
export { Events } from './events.ts'
export { eventsModule } from './module.ts'
