import { defineCapability } from '../capability.ts'
import { Events } from './events.ts'

export const eventsModule = defineCapability({
  name: 'events',
  create: ({ database, log, clock }) => {
    const events = new Events({ database, log, clock })
    return { events, start: () => events.start(), stop: () => events.stop() }
  },
})
