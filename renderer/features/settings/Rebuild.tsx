import { Button } from '@mantine/core'
import { type MaintenanceState, startRebuild } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { FindingList } from '../maintenance/FindingList.tsx'
import { rebuildHint } from '../maintenance/rebuild-text.ts'
import { RunProgress } from '../maintenance/RunProgress.tsx'
import { Failure } from './Failure.tsx'
import { SettingRow } from './SettingRow.tsx'
import classes from './Condition.module.css'

/** Brings back what lies in the folder and the library does not list; what could not come back, and why. */
export function Rebuild({ state }: { state: MaintenanceState }) {
  const { run, lastRebuild, database } = state
  const rebuild = useAct(startRebuild, 'maintenance')
  if (run?.kind === 'rebuild') {
    return (
      <div className={classes.running}>
        <RunProgress run={run} />
      </div>
    )
  }
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
      <Failure error={rebuild.error} />
      {lastRebuild && lastRebuild.findings.length > 0 && (
        // Without the way to their pages: they are not in the library.
        <FindingList
          label="Rebuild results"
          findings={lastRebuild.findings.map((finding) => ({ ...finding, videoId: null }))}
        />
      )}
    </>
  )
}
