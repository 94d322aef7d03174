import type { z } from 'zod'
import {
  deleteQuarantined,
  getMaintenance,
  keepUnlisted,
  type MaintenanceState,
  type Operation,
  restoreQuarantined,
  setVerifySchedule,
  startBackup,
  startRebuild,
  startVerify,
  stopMaintenance,
} from '../../contract/index.ts'
import type { Call, Operations } from '../operations.ts'
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
  /** Answers with the state after `work`. */
  const change = <I extends z.ZodType>(
    operation: Operation<I, typeof MaintenanceState>,
    work: (input: z.output<I>, call: Call) => unknown,
  ) =>
    operations.implement(operation, async (input, call) => {
      await work(input, call)
      return await state()
    })
  operations.implement(getMaintenance, state)
  change(startVerify, () => maintenance.startVerify())
  change(setVerifySchedule, ({ schedule }) => {
    maintenance.records.schedule = schedule
    onChange()
  })
  change(startBackup, ({ folder }) => maintenance.startBackup(folder))
  change(stopMaintenance, () => maintenance.stop())
  change(startRebuild, () => recovery.startRebuild())
  change(keepUnlisted, () => recovery.keepUnlisted())
  change(restoreQuarantined, ({ id }, { signal }) => recovery.restore(id, signal))
  operations.perform(deleteQuarantined, ({ id }) => recovery.delete(id))
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
