import { Button } from '@mantine/core'
import { type MaintenanceState, startRebuild } from '../../../../main/contract/index.ts'
import { useAct } from '../../../shared/engine/queries.ts'
import { ErrorNote } from '../../../shared/settings/ErrorNote.tsx'
import { SettingRow } from '../../../shared/settings/SettingRow.tsx'
import { FindingList } from '../FindingList.tsx'
import { rebuildHint } from '../rebuild-text.ts'
import { RunProgress } from '../RunProgress.tsx'

/** Restores videos that are in the folder but not in the library; lists what could not be restored, and why. */
export function Rebuild({ state }: { state: MaintenanceState }) {
  const { run, lastRebuild, database } = state
  const rebuild = useAct(startRebuild, 'maintenance')
  if (run?.kind === 'rebuild') return <RunProgress run={run} inSettings />
  // No links to their pages: these videos are not in the library.
  const findings = lastRebuild?.findings.map((finding) => ({ ...finding, videoId: null }))
  return (
    <>
      <SettingRow name="Rebuild" hint={rebuildHint(state)}>
        <Button
          variant="default"
          disabled={run !== null || rebuild.isPending || database === 'read_only'}
          onClick={() => rebuild.mutate({})}
        >
          Rebuild now
        </Button>
      </SettingRow>
      <ErrorNote message={rebuild.error?.message} />
      <FindingList label="Rebuild results" findings={findings ?? []} />
    </>
  )
}
