import {
  deleteQuarantined,
  EngineError,
  getMaintenance,
  keepUnlisted,
  type MaintenanceState,
  restoreQuarantined,
  setVerifySchedule,
  startBackup,
  startRebuild,
  startVerify,
  stopMaintenance,
} from '../../contract/index.ts'
import type { Operations } from '../operations.ts'
import type { Maintenance } from './maintenance.ts'

/** What others know of the state of the library. */
export interface LibraryHealth {
  readonly database: () => MaintenanceState['database']
  readonly unlisted: () => Promise<MaintenanceState['unlisted']>
  readonly snapshots: () => Promise<MaintenanceState['snapshots']>
  readonly quarantine: () => Promise<MaintenanceState['quarantine']>
}

export interface MaintenanceHandlers {
  readonly maintenance: Maintenance
  readonly health: LibraryHealth
  readonly onChange: () => void
}

function notYet(): never {
  throw new EngineError('unavailable', 'Not built yet.')
}

/** Answers the operations of contract/maintenance.ts. */
export function implementMaintenance(
  operations: Operations,
  { maintenance, health, onChange }: MaintenanceHandlers,
): void {
  const state = () => stateOf(maintenance, health)
  operations
    .implement(getMaintenance, state)
    .implement(startVerify, async () => {
      maintenance.startVerify()
      return await state()
    })
    .implement(setVerifySchedule, async ({ schedule }) => {
      maintenance.records.schedule = schedule
      onChange()
      return await state()
    })
    .implement(startBackup, async ({ folder }) => {
      maintenance.startBackup(folder)
      return await state()
    })
    .implement(stopMaintenance, async () => {
      await maintenance.stop()
      return await state()
    })
    .implement(startRebuild, notYet)
    .implement(keepUnlisted, notYet)
    .implement(restoreQuarantined, notYet)
    .implement(deleteQuarantined, notYet)
}

async function stateOf({ runs, records }: Maintenance, health: LibraryHealth): Promise<MaintenanceState> {
  const [unlisted, snapshots, quarantine] = await Promise.all([
    health.unlisted(),
    health.snapshots(),
    health.quarantine(),
  ])
  return {
    ...{ database: health.database(), unlisted, snapshots, quarantine },
    run: runs.current,
    lastVerify: records.lastVerify,
    lastBackup: records.lastBackup,
    verifySchedule: records.schedule,
  }
}
