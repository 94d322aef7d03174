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
import type { FootageCare } from './footage-care.ts'

function notYet(): never {
  throw new EngineError('unavailable', 'Not built yet.')
}

/** Answers the operations of contract/maintenance.ts. */
export function implementMaintenance(operations: Operations, footage: FootageCare): void {
  const state = async (): Promise<MaintenanceState> => ({
    ...{ lastVerify: null, lastBackup: null, verifySchedule: 'off', snapshots: [] },
    ...(await footage.state()),
  })
  operations
    .implement(getMaintenance, state)
    .implement(startVerify, notYet)
    .implement(setVerifySchedule, notYet)
    .implement(startBackup, notYet)
    .implement(startRebuild, async () => {
      footage.rebuild.start()
      return await state()
    })
    .implement(stopMaintenance, async () => {
      await footage.rebuild.stop()
      return await state()
    })
    .implement(keepUnlisted, async () => {
      await footage.keepUnlisted()
      return await state()
    })
    .implement(restoreQuarantined, async ({ id }, { signal }) => {
      await footage.restore(id, signal)
      return await state()
    })
    .implement(deleteQuarantined, async ({ id }) => {
      await footage.delete(id)
      return { done: true as const }
    })
}
