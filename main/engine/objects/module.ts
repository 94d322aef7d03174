import { defineCapability } from '../capability.ts'
import { EVERY_MINUTE } from '../chores.ts'
import { eventsModule } from '../events/index.ts'
import { Checksums } from './checksums.ts'
import { ObjectRefs } from './object-refs.ts'
import { PartWriters } from './part-writers.ts'
import { Quarantine } from './quarantine.ts'
import { Sidecars } from './sidecars.ts'
import { ObjectStore } from './store.ts'

export const objectsModule = defineCapability({
  name: 'objects',
  create: ({ database, folder, workersFolder, log, use }) => {
    const quarantine = new Quarantine(folder, log)
    const refs = new ObjectRefs(database, () => sidecars.nudge())
    const sidecars: Sidecars = new Sidecars({ database, folder, refs, log })
    const writers = new PartWriters(workersFolder)
    const objects = new ObjectStore({
      ...{ database, folder, quarantine, log, events: use(eventsModule).events },
      hash: (file, sizeBytes, watch) => writers.hash(file, sizeBytes, watch),
    })
    return {
      ...{ objects, refs, quarantine, sidecars, writers },
      checksums: new Checksums(database, folder),
      chores: [{ name: 'sidecars', everyMs: EVERY_MINUTE, run: () => sidecars.nudge() }],
      titles: { quarantined: (id) => quarantine.titleOf(id) },
      // The title beside an object goes back before the object does.
      recover: () =>
        quarantine.returnNamed(
          ({ kind, name }) => kind === 'object' && objects.has(name),
          ({ name, sizeBytes, videos }) => sidecars.putBack(name, sizeBytes, videos),
        ),
      start: () => sidecars.nudge(),
      close: async () => {
        await sidecars.close()
        await writers.close()
      },
    }
  },
})
