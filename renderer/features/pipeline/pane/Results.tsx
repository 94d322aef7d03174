import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import { getTaskResults, type Task } from '../../../../main/contract/index.ts'
import { useEngine } from '../../../shared/engine/queries.ts'
import { clock } from '../../../shared/format/time.ts'
import { useRecord, useSession, useSessionState } from '../session.ts'
import { Crossings } from './Crossings.tsx'
import { type Column, COLUMNS, resultRows, sorted } from './result-rows.ts'
import classes from './Results.module.css'

const ROW_HEIGHT = 26

/** Track by track what was found, so far or in the end; by a press on its head, in another order. */
export function Results({ task }: { task: Task }) {
  const session = useSession()
  const record = useRecord()
  const version = useSessionState((state) => state.version)
  const selected = useSessionState((state) => state.selected)
  const [by, setBy] = useState<{ column: Column; down: boolean }>({ column: 'id', down: false })
  const [only, setOnly] = useState<string | null>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const succeeded = task.status === 'succeeded'
  const { data: results } = useEngine('tasks', getTaskResults, { taskId: task.taskId }, { enabled: succeeded })
  const all = useMemo(
    () => resultRows(record),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the record grows in place: its version says when
    [record, version],
  )
  const shown = useMemo(
    () =>
      sorted(
        all.filter(({ className }) => only === null || className === only),
        by.column,
        by.down,
      ),
    [all, only, by],
  )
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by what it returns
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  })
  const turn = (column: Column): void => setBy({ column, down: by.column === column ? !by.down : column !== 'id' })
  return (
    <>
      <ClassFilter names={[...new Set(all.map(({ className }) => className))]} only={only} onChoose={setOnly} />
      {results?.counts && <Crossings counts={results.counts} />}
      <div className={classes.table} role="table" aria-label="Tracks found" aria-rowcount={shown.length + 1}>
        <div role="row" className={classes.head}>
          {COLUMNS.map(({ id, name }) => (
            <div
              key={id}
              role="columnheader"
              aria-sort={by.column !== id ? 'none' : by.down ? 'descending' : 'ascending'}
            >
              <button type="button" onClick={() => turn(id)}>
                {name}
                {by.column === id && (by.down ? <IconChevronDown size={12} /> : <IconChevronUp size={12} />)}
              </button>
            </div>
          ))}
        </div>
        <div ref={scroller} className={classes.scroller} role="rowgroup" tabIndex={0} aria-label="Rows">
          <div style={{ height: rows.getTotalSize() }} className={classes.rows} role="presentation">
            {rows.getVirtualItems().map(({ index, start }) => {
              const row = shown[index]
              return (
                row && (
                  <div
                    key={row.id}
                    role="row"
                    aria-rowindex={index + 2}
                    className={classes.row}
                    data-selected={row.id === selected || undefined}
                    style={{ transform: `translateY(${start}px)` }}
                    onClick={() => session.select(row.id === selected ? null : row.id)}
                    onDoubleClick={() => session.goToTrack(row.id, 'best')}
                  >
                    <span role="cell">
                      <i style={{ background: `var(--fr-k${row.colour})` }} aria-hidden />
                      <button type="button" aria-pressed={row.id === selected}>
                        {row.id}
                      </button>
                    </span>
                    <span role="cell">{row.className}</span>
                    <span role="cell">{clock(row.first)}</span>
                    <span role="cell">{clock(row.last)}</span>
                    <span role="cell">{row.seen.toLocaleString('en-GB')}</span>
                    <span role="cell">{row.best.toFixed(2)}</span>
                  </div>
                )
              )
            })}
          </div>
        </div>
      </div>
      {shown.length === 0 && <p className={classes.note}>{noteOf(task)}</p>}
    </>
  )
}

function noteOf({ request }: Task): string {
  return request.track === false ? 'Tracking is off in this task. Its detections are in the events.' : 'No tracks yet.'
}

interface ClassFilterProps {
  names: readonly string[]
  only: string | null
  onChoose: (name: string | null) => void
}

function ClassFilter({ names, only, onChoose }: ClassFilterProps) {
  if (names.length < 2) return null
  return (
    <div className={classes.chips} role="group" aria-label="Classes">
      {[null, ...names.toSorted()].map((name) => (
        <button
          key={name}
          type="button"
          className={classes.chip}
          aria-pressed={name === only}
          onClick={() => onChoose(name)}
        >
          {name ?? 'All'}
        </button>
      ))}
    </div>
  )
}
