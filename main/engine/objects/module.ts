import { availableParallelism } from 'node:os'
import { defineCapability } from '../capability.ts'
import { EVERY_MINUTE } from '../chores.ts'
import { Checksums } from './checksums.ts'
import { PartWriters } from './part-writers.ts'
import { Quarantine } from './quarantine.ts'
import { Sidecars } from './sidecars.ts'
import { ObjectStore } from './store.ts'

export const objectsModule = defineCapability({
  name: 'objects',
  create: ({ database, folder, workersFolder, log, changes }) => {
    const quarantine = new Quarantine(folder, log)
    const sidecars = new Sidecars({ database, folder, log })
    const writers = new PartWriters(workersFolder, Math.max(2, Math.min(4, availableParallelism())))
    const healed: ((sha256: string) => void)[] = []
    const objects = new ObjectStore({
      ...{ database, folder, quarantine, log },
      hash: (file, sizeBytes, watch) => writers.hash(file, sizeBytes, watch),
      onHealed: (sha256) => {
        for (const tell of healed) tell(sha256)
      },
    })
    changes.listen(({ topic }) => topic === 'videos' && sidecars.nudge())
    return {
      ...{ objects, quarantine, sidecars, writers },
      /** The bytes of an object are right again; told in the transaction that says so. */
      onHealed: (listener: (sha256: string) => void) => void healed.push(listener),
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
