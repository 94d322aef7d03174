import { DailySnapshots, listSnapshots } from '../../platform/database/index.ts'
import { defineCapability } from '../capability.ts'
import { EVERY_MINUTE, HOURLY } from '../chores.ts'
import { identityModule } from '../identity/index.ts'
import { jobsModule } from '../jobs/index.ts'
import { libraryModule } from '../library/index.ts'
import { probeVideo } from '../media/index.ts'
import { objectsModule } from '../objects/index.ts'
import { pipelineModule } from '../pipeline/index.ts'
import { uploadsModule } from '../uploads/index.ts'
import { createRecovery } from './create-recovery.ts'
import { DerivedRepair } from './derived-repair.ts'
import { implementMaintenance } from './handlers.ts'
import { Maintenance } from './maintenance.ts'
import { closeToOtherUsers } from './permissions.ts'
import { MaintenanceRuns } from './runs.ts'

/** How often repair marks are looked for. */
const REPAIR_EVERY_MS = 10_000
const PROBE_LIMIT_MS = 60_000

/** Verify, backup, snapshots, files that no row names, and repair of what verify removed. */
export const maintenanceModule = defineCapability({
  name: 'maintenance',
  create: ({ database, isChecked, folder, settings, log, tools, workersFolder, changes, use }) => {
    const { objects, checksums, quarantine, sidecars, writers } = use(objectsModule)
    const { queue } = use(jobsModule)
    const { identity } = use(identityModule)
    const { videos, media } = use(libraryModule)
    const { uploads } = use(uploadsModule)
    const { sweepStreams } = use(pipelineModule)
    const onChange = (): void => changes.publish('maintenance')
    const repair = new DerivedRepair({ database, folder, checksums, media, jobs: queue })
    const takeUp = () => repair.takeUp().catch((error: unknown) => log.error({ err: error }, 'repairs were not queued'))
    const runs = new MaintenanceRuns({ log, onChange })
    const recovery = createRecovery({
      ...{ database, folder, settings, identity, log, objects, quarantine, sidecars, videos, media },
      ...{ jobs: queue, uploads, sweepStreams, writers, runs, onChange },
      probe: async (file, signal) => await probeVideo(await tools(), file, { signal, timeLimitMs: PROBE_LIMIT_MS }),
    })
    const maintenance = new Maintenance({ folder, settings, log, workersFolder, runs, onVerified: () => void takeUp() })
    const daily = new DailySnapshots({
      ...{ folder, log, workersFolder },
      // A copy of a library without videos would only push out a useful one.
      isWorthKeeping: () => isChecked() && !database.isReadOnly && objects.usedBytes() > 0,
    })
    const endClosing = closeToOtherUsers(folder, log)
    let isStarted = false
    return {
      /** What to print at start, or null. */
      notice: () => recovery.notice(),
      operations: (operations) => {
        const snapshots = async () => listSnapshots(folder)
        implementMaintenance(operations, { maintenance, recovery, snapshots, onChange })
      },
      chores: [
        { name: 'repairs', everyMs: REPAIR_EVERY_MS, run: takeUp },
        { name: 'verify', everyMs: EVERY_MINUTE, run: () => maintenance.verifyWhenDue() },
        { name: 'quarantine', everyMs: HOURLY, run: () => recovery.clearOut() },
        { name: 'daily snapshot', everyMs: EVERY_MINUTE, run: () => daily.makeWhenDue() },
      ],
      recover: async () => {
        await recovery.start()
        await takeUp()
        isStarted = true
      },
      stop: async () => {
        await maintenance.close()
        await recovery.close()
      },
      close: async () => {
        // What healed since waits as a job for the next start.
        if (isStarted) await takeUp()
        await endClosing()
        await daily.close()
      },
    }
  },
})
