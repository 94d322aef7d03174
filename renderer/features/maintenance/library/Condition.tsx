import { Button, Select } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, type TablerIcon } from '@tabler/icons-react'
import {
  type MaintenanceState,
  setVerifySchedule,
  startVerify,
  VERIFY_SCHEDULES,
} from '../../../../main/contract/index.ts'
import { useAct } from '../../../shared/engine/queries.ts'
import { ErrorNote } from '../../../shared/settings/ErrorNote.tsx'
import { SettingRow } from '../../../shared/settings/SettingRow.tsx'
import { conditionOf, type Condition as ConditionText } from '../condition.ts'
import { FindingList } from '../FindingList.tsx'
import { RunProgress } from '../RunProgress.tsx'
import { ReadOnly } from './ReadOnly.tsx'
import classes from './Condition.module.css'

const ICONS: Readonly<Record<ConditionText['tone'], TablerIcon>> = {
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

/** Whether everything in the library is intact, and how often that is verified. */
export function Condition({ state }: { state: MaintenanceState }) {
  const { run, lastVerify, database, verifySchedule } = state
  const verify = useAct(startVerify, 'maintenance')
  const schedule = useAct(setVerifySchedule, 'maintenance')
  const { tone, text, note } = conditionOf(state)
  const Icon = ICONS[tone]
  return (
    <>
      {database === 'read_only' && <ReadOnly state={state} />}
      {run?.kind === 'verify' ? (
        <RunProgress run={run} inSettings />
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
      <ErrorNote message={verify.error?.message} />
      <FindingList label="Verification results" findings={lastVerify?.findings ?? []} />
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
          value={schedule.isPending ? schedule.variables.schedule : verifySchedule}
          disabled={schedule.isPending}
          onChange={(chosen) => chosen && schedule.mutate({ schedule: chosen })}
        />
      </SettingRow>
      <ErrorNote message={schedule.error?.message} />
    </>
  )
}
