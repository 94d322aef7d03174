import {
  deleteQuarantined,
  EngineError,
  getMaintenance,
  keepUnlisted,
  restoreQuarantined,
  setVerifySchedule,
  startBackup,
  startRebuild,
  startVerify,
  stopMaintenance,
} from '../../contract/index.ts'
import type { Operations } from '../operations.ts'

function notYet(): never {
  throw new EngineError('unavailable', 'Not built yet.')
}

/** Answers the operations of contract/maintenance.ts. */
export function implementMaintenance(operations: Operations): void {
  operations
    .implement(getMaintenance, notYet)
    .implement(startVerify, notYet)
    .implement(setVerifySchedule, notYet)
    .implement(startBackup, notYet)
    .implement(startRebuild, notYet)
    .implement(stopMaintenance, notYet)
    .implement(keepUnlisted, notYet)
    .implement(restoreQuarantined, notYet)
    .implement(deleteQuarantined, notYet)
}
