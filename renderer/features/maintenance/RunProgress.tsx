import { Button } from '@mantine/core'
import { type MaintenanceRun, stopMaintenance } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { Progress } from '../../shared/ui/Progress.tsx'
import { runText } from './condition.ts'
import { useRunRate } from './useMaintenance.ts'
import classes from './RunProgress.module.css'

const KEPT: Readonly<Record<MaintenanceRun['kind'], string>> = {
  verify: 'Runs slowly, so that you can keep using the library.',
  backup:
    'You can keep using the library. If you stop it, copied files are kept and the next backup continues from there.',
  rebuild: 'Videos are restored one by one. If you stop it, restored videos stay.',
}

/** A running verify, backup or rebuild: progress, rate, time left, and a button to stop it. */
export function RunProgress({ run, inSettings = false }: { run: MaintenanceRun; inSettings?: boolean }) {
  const { name, percent, facts } = runText(run, useRunRate(run))
  const stop = useAct(stopMaintenance, 'maintenance')
  return (
    <div className={classes.run} data-in-settings={inSettings || undefined}>
      <div className={classes.head}>
        <strong>
          {name}, {percent}%
        </strong>
        <span className={classes.facts}>{facts}</span>
        <Button variant="default" h={26} disabled={stop.isPending} onClick={() => stop.mutate({})}>
          Stop
        </Button>
      </div>
      <div className={classes.bar}>
        <Progress percent={run.progressPercent} name={name} />
      </div>
      <div className={classes.step}>
        <span>{run.step}</span>
        <span>{KEPT[run.kind]}</span>
      </div>
      {stop.error && (
        <p className={classes.error} role="alert">
          Could not stop. {stop.error.message}
        </p>
      )}
    </div>
  )
}
