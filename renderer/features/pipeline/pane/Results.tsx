import { useMemo, useState } from 'react'
import { getTaskResults, type Task } from '../../../../main/contract/index.ts'
import { useEngine } from '../../../shared/engine/queries.ts'
import { FilterChips } from '../../../shared/ui/FilterChips.tsx'
import { useRecord, useSessionState } from '../session.ts'
import { Crossings } from './Crossings.tsx'
import { resultRows } from './result-rows.ts'
import { ResultTable } from './ResultTable.tsx'
import classes from './Results.module.css'

/** What was found, track by track, so far or in the end. */
export function Results({ task }: { task: Task }) {
  const record = useRecord()
  const version = useSessionState((state) => state.version)
  const [only, setOnly] = useState<string | null>(null)
  const succeeded = task.status === 'succeeded'
  const { data: results } = useEngine('tasks', getTaskResults, { taskId: task.taskId }, { enabled: succeeded })
  const all = useMemo(
    () => resultRows(record),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the record grows in place: its version says when
    [record, version],
  )
  const shown = useMemo(() => all.filter(({ className }) => only === null || className === only), [all, only])
  const names = [...new Set(all.map(({ className }) => className))].toSorted()
  const options = [null, ...names].map((value) => ({ value, name: value ?? 'All' }))
  return (
    <>
      {names.length > 1 && (
        <FilterChips label="Classes" options={options} chosen={only} onChoose={setOnly} className={classes.filter} />
      )}
      {results?.counts && <Crossings counts={results.counts} />}
      <ResultTable rows={shown} />
      {shown.length === 0 && (
        <p className={classes.note}>
          {task.request.track === false
            ? 'Tracking is off in this task. Its detections are in the events.'
            : 'No tracks yet.'}
        </p>
      )}
    </>
  )
}
