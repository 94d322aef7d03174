import type { Checksums } from './engine/objects/index.ts'
import {
  careForFootage,
  DerivedRepair,
  type FootageParts,
  implementMaintenance,
  Maintenance,
  MaintenanceRuns,
} from './engine/maintenance/index.ts'
import { listSnapshots } from './platform/database/index.ts'
import type { Operations } from './engine/operations.ts'
import { type Chore, EVERY_MINUTE, HOURLY } from './engine/chores.ts'

export interface CaringOptions extends Omit<FootageParts, 'runs'> {
  readonly checksums: Checksums
  readonly workersFolder: string
}

export interface Caring {
  /** What a person has to be told at start, or null. */
  readonly notice: () => string | null
  /** Puts right what a crash left, and looks for footage that no row names, before anything new is taken in. */
  readonly start: () => Promise<void>
  readonly implement: (operations: Operations) => void
  readonly chores: readonly Chore[]
  /** Ends what runs. */
  readonly close: () => Promise<void>
  /** Queues what is to be made again, for the next start. Called when no job can begin any more. */
  readonly takeUp: () => Promise<void>
}

/** How often marks of what is to be made again are looked for. */
const REPAIR_EVERY_MS = 10_000

/**
 * How a library that is open is looked after: footage that no row names, verify, backup, and making again what verify
 * removed.
 */
export function caring(options: CaringOptions): Caring {
  const { database, folder, checksums, settings, videos, jobs, log, workersFolder, onChange } = options
  const repair = new DerivedRepair({ database, folder, checksums, videos, jobs })
  const takeUp = () =>
    repair.takeUp().catch((error: unknown) => log.error({ err: error }, 'what is to be made again was not queued'))
  const runs = new MaintenanceRuns({ log, onChange })
  const footage = careForFootage({ ...options, runs })
  const maintenance = new Maintenance({ folder, settings, log, workersFolder, runs, onVerified: () => void takeUp() })
  return {
    notice: () => footage.notice(),
    start: () => footage.start(),
    implement: (operations) =>
      implementMaintenance(operations, {
        maintenance,
        footage,
        snapshots: async () => listSnapshots(folder),
        onChange,
      }),
    chores: [
      { name: 'what is to be made again', everyMs: REPAIR_EVERY_MS, run: takeUp },
      { name: 'verify', everyMs: EVERY_MINUTE, run: async () => maintenance.verifyWhenDue() },
      { name: 'quarantine', everyMs: HOURLY, run: () => footage.clearOut() },
    ],
    close: async () => {
      await maintenance.close()
      await footage.close()
    },
    takeUp,
  }
}
