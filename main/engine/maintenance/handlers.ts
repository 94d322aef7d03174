import {
  deleteQuarantined,
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
import type { Recovery } from './recovery.ts'
import type { Maintenance } from './maintenance.ts'

export interface MaintenanceHandlers {
  readonly maintenance: Maintenance
  readonly recovery: Recovery
  readonly snapshots: () => Promise<MaintenanceState['snapshots']>
  readonly onChange: () => void
}

/** Answers the operations of contract/maintenance.ts. */
export function implementMaintenance(operations: Operations, handlers: MaintenanceHandlers): void {
  const { maintenance, recovery, onChange } = handlers
  const state = () => stateOf(handlers)
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
    .implement(startRebuild, async () => {
      recovery.startRebuild()
      return await state()
    })
    .implement(keepUnlisted, async () => {
      await recovery.keepUnlisted()
      return await state()
    })
    .implement(restoreQuarantined, async ({ id }, { signal }) => {
      await recovery.restore(id, signal)
      return await state()
    })
    .implement(deleteQuarantined, async ({ id }) => {
      await recovery.delete(id)
      return { done: true as const }
    })
}

async function stateOf({ maintenance, recovery, snapshots }: MaintenanceHandlers): Promise<MaintenanceState> {
  const { records, runs } = maintenance
  return {
    ...(await recovery.state()),
    snapshots: await snapshots(),
    run: runs.current,
    lastVerify: records.lastVerify,
    lastBackup: records.lastBackup,
    verifySchedule: records.schedule,
  }
}
