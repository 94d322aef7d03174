import { Button, Select } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, type TablerIcon } from '@tabler/icons-react'
import {
  type MaintenanceState,
  setVerifySchedule,
  startVerify,
  VERIFY_SCHEDULES,
} from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { conditionOf, type Condition as Words } from '../maintenance/condition.ts'
import { FindingList } from '../maintenance/FindingList.tsx'
import { RunProgress } from '../maintenance/RunProgress.tsx'
import { Failure } from './Failure.tsx'
import { ReadOnly } from './ReadOnly.tsx'
import { SettingRow } from './SettingRow.tsx'
import classes from './Condition.module.css'

const ICONS: Readonly<Record<Words['tone'], TablerIcon>> = {
  unknown: IconCircleDashed,
  good: IconCircleCheck,
  warn: IconCircleCheck,
  bad: IconAlertTriangle,
}
const SCHEDULES: Readonly<Record<(typeof VERIFY_SCHEDULES)[number], string>> = {
  off: 'Never',
  weekly: 'Every week',
  monthly: 'Every month',
}

/** Whether everything in the library is whole, and how often that is looked after. */
export function Condition({ state }: { state: MaintenanceState }) {
  const { run, lastVerify, database } = state
  const verify = useAct(startVerify, 'maintenance')
  const { tone, text, note } = conditionOf(state)
  const Icon = ICONS[tone]
  return (
    <>
      {database === 'read_only' && <ReadOnly state={state} />}
      {run?.kind === 'verify' ? (
        <div className={classes.running}>
          <RunProgress run={run} />
        </div>
      ) : (
        <SettingRow
          name={
            <span className={classes.state} data-tone={tone}>
              <Icon size={16} stroke={1.75} aria-hidden /> {text}
            </span>
          }
          hint={note}
        >
          <Button variant="default" disabled={run !== null || verify.isPending} onClick={() => verify.mutate({})}>
            Verify now
          </Button>
        </SettingRow>
      )}
      <Failure error={verify.error} />
      {lastVerify && lastVerify.findings.length > 0 && (
        <FindingList label="Verification results" findings={lastVerify.findings} />
      )}
      <Schedule state={state} />
    </>
  )
}

function Schedule({ state: { verifySchedule } }: { state: MaintenanceState }) {
  const act = useAct(setVerifySchedule, 'maintenance')
  const chosen = act.isPending ? act.variables.schedule : verifySchedule
  return (
    <>
      <SettingRow
        name="Verify automatically"
        controlId="verify-schedule"
        hint="Runs slowly in the background, so that damage is found while a card or backup can still repair it."
      >
        <Select
          id="verify-schedule"
          w={150}
          allowDeselect={false}
          data={VERIFY_SCHEDULES.map((value) => ({ value, label: SCHEDULES[value] }))}
          value={chosen}
          disabled={act.isPending}
          onChange={(schedule) => schedule && act.mutate({ schedule })}
        />
      </SettingRow>
      <Failure error={act.error} />
    </>
  )
}
