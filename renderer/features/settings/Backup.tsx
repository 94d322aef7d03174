import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type MaintenanceState, startBackup } from '../../../main/contract/index.ts'
import { bridge } from '../../shared/engine/bridge.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { toastError } from '../../shared/ui/toast.tsx'
import { RunProgress } from '../maintenance/RunProgress.tsx'
import { backupHint } from './backup-text.ts'
import { Failure } from './Failure.tsx'
import { SettingRow } from './SettingRow.tsx'
import classes from './Condition.module.css'
import section from './Section.module.css'

/** A copy of the whole library in a folder elsewhere. */
export function Backup({ state: { run, lastBackup } }: { state: MaintenanceState }) {
  const backup = useAct(startBackup, 'maintenance')
  const busy = run !== null || backup.isPending
  const choose = (): void => {
    bridge.chooseFolder().then(
      ([folder]) => folder !== undefined && backup.mutate({ folder }),
      (error: unknown) => toastError(`The folder could not be chosen: ${String(error)}`),
    )
  }
  if (run?.kind === 'backup') {
    return (
      <div className={classes.running}>
        <RunProgress run={run} />
      </div>
    )
  }
  return (
    <>
      <SettingRow name="Backup" hint={backupHint(lastBackup)}>
        {lastBackup && (
          <Button
            variant="default"
            disabled={busy}
            title={lastBackup.folder}
            onClick={() => backup.mutate({ folder: lastBackup.folder })}
          >
            Back up again
          </Button>
        )}
        <Button variant="default" disabled={busy} onClick={choose}>
          {lastBackup ? 'Other folder…' : 'Back up to folder…'}
        </Button>
      </SettingRow>
      {lastBackup?.errorMessage && !backup.isPending && (
        <p className={section.problem} role="alert">
          <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
          <span>
            The backup did not finish: {lastBackup.errorMessage} Copied files are kept. Back up again to continue, or
            choose another folder.
          </span>
        </p>
      )}
      <Failure error={backup.error} />
    </>
  )
}
