import { defineCapability } from '../capability.ts'
import { EVERY_MINUTE } from '../chores.ts'
import { eventsModule } from '../events/index.ts'
import { identityModule } from '../identity/index.ts'
import { libraryModule } from '../library/index.ts'
import { Annotations } from './annotations.ts'
import { implementAnnotations } from './handlers.ts'

export const annotationsModule = defineCapability({
  name: 'annotations',
  create: ({ database, runningClock: { now }, changes, use }) => {
    const { identity } = use(identityModule)
    const { events } = use(eventsModule)
    const { media } = use(libraryModule)
    const onChange = (videoId: string): void => changes.publish('annotations', { videoId })
    const annotations = new Annotations({ database, identity, media, events, now, onChange })
    return {
      annotations,
      operations: (operations) => implementAnnotations(operations, annotations),
      chores: [{ name: 'deleted annotations', everyMs: EVERY_MINUTE, run: () => annotations.purge() }],
      titles: { annotation: (id) => annotations.titleOf(id) },
      recover: () => annotations.purge(),
    }
  },
})
