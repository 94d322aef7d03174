import { Button } from '@mantine/core'
import { type MaintenanceState, startBackup } from '../../../../main/contract/index.ts'
import { bridge } from '../../../shared/engine/bridge.ts'
import { useAct } from '../../../shared/engine/queries.ts'
import { ErrorNote } from '../../../shared/settings/ErrorNote.tsx'
import { SettingRow } from '../../../shared/settings/SettingRow.tsx'
import { toastError } from '../../../shared/ui/toast.tsx'
import { RunProgress } from '../RunProgress.tsx'
import { backupHint } from './backup-text.ts'

/** A copy of the whole library in another folder. */
export function Backup({ state: { run, lastBackup } }: { state: MaintenanceState }) {
  const backup = useAct(startBackup, 'maintenance')
  const busy = run !== null || backup.isPending
  const choose = (): void => {
    bridge.chooseFolder().then(
      ([folder]) => folder !== undefined && backup.mutate({ folder }),
      (error: unknown) => toastError(`The folder could not be chosen: ${String(error)}`),
    )
  }
  if (run?.kind === 'backup') return <RunProgress run={run} inSettings />
  const failure = backup.isPending ? null : lastBackup?.errorMessage
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
      <ErrorNote
        message={
          failure &&
          `The backup did not finish: ${failure} Copied files are kept. Back up again to continue, or choose another folder.`
        }
      />
      <ErrorNote message={backup.isPending ? null : lastBackup?.damageMessage} />
      <ErrorNote message={backup.error?.message} />
    </>
  )
}
