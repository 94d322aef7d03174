import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import { clock } from '../../../shared/format/time.ts'
import { useSession, useSessionState } from '../session.ts'
import { type Column, COLUMNS, type ResultRow, sorted } from './result-rows.ts'
import classes from './Results.module.css'

const ROW_HEIGHT = 26

/** A table of tracks that its column heads sort; only rows in view exist. */
export function ResultTable({ rows }: { rows: readonly ResultRow[] }) {
  const [by, setBy] = useState<{ column: Column; down: boolean }>({ column: 'id', down: false })
  const scroller = useRef<HTMLDivElement>(null)
  const shown = useMemo(() => sorted(rows, by.column, by.down), [rows, by])
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by what it returns
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  })
  const turn = (column: Column): void => setBy({ column, down: by.column === column ? !by.down : column !== 'id' })
  return (
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
        <div style={{ height: virtual.getTotalSize() }} className={classes.rows} role="presentation">
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = shown[index]
            return row && <Row key={row.id} row={row} index={index} top={start} />
          })}
        </div>
      </div>
    </div>
  )
}

function Row({ row, index, top }: { row: ResultRow; index: number; top: number }) {
  const session = useSession()
  const isSelected = useSessionState((state) => state.selected === row.id)
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes.row}
      data-selected={isSelected || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => session.select(isSelected ? null : row.id)}
      onDoubleClick={() => session.goToTrack(row.id, 'best')}
    >
      <span role="cell">
        <i style={{ background: `var(--fr-k${row.colour})` }} aria-hidden />
        <button type="button" aria-pressed={isSelected}>
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
}
