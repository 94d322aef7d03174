import { defineCapability } from '../capability.ts'
import { EVERY_MINUTE } from '../chores.ts'
import { Annotations } from './annotations.ts'
import { implementAnnotations } from './handlers.ts'

export const annotationsModule = defineCapability({
  name: 'annotations',
  create: ({ database, runningClock, changes }) => {
    const onChange = (videoId: string): void => changes.tell('annotations', videoId)
    const annotations = new Annotations({ database, now: runningClock.now, onChange })
    return {
      annotations,
      operations: (operations) => implementAnnotations(operations, annotations),
      chores: [{ name: 'deleted annotations', everyMs: EVERY_MINUTE, run: () => annotations.purge() }],
      titles: { annotation: (id) => annotations.titleOf(id) },
      recover: () => annotations.purge(),
    }
  },
})
