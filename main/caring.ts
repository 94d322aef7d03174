import type { Checksums } from './engine/checksums/index.ts'
import type { JobQueue } from './engine/jobs/index.ts'
import type { Videos } from './engine/library/index.ts'
import {
  DerivedRepair,
  implementMaintenance,
  type LibraryHealth,
  Maintenance,
  MaintenanceRuns,
} from './engine/maintenance/index.ts'
import type { Operations } from './engine/operations.ts'
import { type Chore, EVERY_MINUTE } from './engine/system/index.ts'
import type { Database } from './platform/database/index.ts'
import type { DataFolder } from './platform/files/index.ts'
import type { Log } from './platform/log/index.ts'
import type { Settings } from './platform/settings/index.ts'

export interface CaringOptions {
  readonly database: Database
  readonly folder: DataFolder
  readonly checksums: Checksums
  readonly settings: Settings
  readonly videos: Videos
  readonly jobs: JobQueue
  readonly log: Log
  readonly workersFolder: string
  readonly onChange: () => void
}

export interface Caring {
  readonly implement: (operations: Operations) => void
  readonly repair: DerivedRepair
  readonly chores: readonly Chore[]
  readonly close: () => Promise<void>
}

/** How often marks of what is to be made again are looked for. */
const REPAIR_EVERY_MS = 10_000

/** What nothing keeps watch of yet. */
const NOTHING_KNOWN: LibraryHealth = {
  database: () => 'good',
  unlisted: async () => ({ films: 0, bytes: 0 }),
  snapshots: async () => [],
  quarantine: async () => [],
}

/** How a library that is open is looked after: verify, backup, and making again what verify removed. */
export function caring(options: CaringOptions): Caring {
  const { database, folder, checksums, settings, videos, jobs, log, workersFolder, onChange } = options
  const repair = new DerivedRepair({ database, folder, checksums, videos, jobs })
  const onVerified = (): void => {
    void repair.takeUp().catch((error: unknown) => log.error({ err: error }, 'what is to be made again was not queued'))
  }
  const runs = new MaintenanceRuns({ log, onChange })
  const maintenance = new Maintenance({ folder, settings, log, workersFolder, runs, onVerified })
  return {
    implement: (operations) => implementMaintenance(operations, { maintenance, health: NOTHING_KNOWN, onChange }),
    repair,
    chores: [
      { name: 'what is to be made again', everyMs: REPAIR_EVERY_MS, run: () => repair.takeUp() },
      { name: 'verify', everyMs: EVERY_MINUTE, run: async () => maintenance.verifyWhenDue() },
    ],
    close: () => maintenance.close(),
  }
}
