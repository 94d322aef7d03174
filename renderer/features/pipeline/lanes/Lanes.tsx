import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import type { Task } from '../../../../main/contract/index.ts'
import { useTimescale } from '../../../shared/player/player.ts'
import { pixelsPerSecond } from '../../../shared/player/timescale.ts'
import { useCurrentFrame, useRecord, useSessionState } from '../session.ts'
import { isOver } from '../task-text.ts'
import { useView } from '../view-store.ts'
import { Lane } from './Lane.tsx'
import { ordered } from './order.ts'
import classes from './Tracks.module.css'

/** One row per track. */
const ROW_HEIGHT = 18.5

/** The rows; of hundreds of tracks, only those in sight exist. */
export function Lanes({ task }: { task: Task }) {
  const scroller = useRef<HTMLDivElement>(null)
  const record = useRecord()
  const version = useSessionState((state) => state.version)
  const order = useView((view) => view.order)
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the record grows in place: its version says when
  const tracks = useMemo(() => ordered(record, order), [record, order, version])
  const frame = useCurrentFrame()
  const selected = useSessionState((state) => state.selected)
  const perSecond = useTimescale(pixelsPerSecond)
  const left = useTimescale((scale) => scale.left)
  const width = useTimescale((scale) => scale.width)
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by what it returns
  const rows = useVirtualizer({
    count: tracks.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => tracks[index]?.id ?? index,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    paddingStart: 3,
    paddingEnd: 6,
  })
  useKeptInSight(
    rows,
    tracks.findIndex(({ id }) => id === selected),
    tracks.length,
  )
  const scale = { pixelsPerSecond: perSecond, left, width }
  return (
    <div className={classes.scroller} ref={scroller} tabIndex={-1}>
      {tracks.length === 0 && <Note task={task} />}
      <ul className={classes.rows} style={{ height: rows.getTotalSize() }} aria-label="Tracks">
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const track = tracks[index]
          return (
            track && (
              <li
                key={key}
                className={classes.row}
                style={{ transform: `translateY(${start}px)` }}
                aria-setsize={tracks.length}
                aria-posinset={index + 1}
                data-selected={track.id === selected || undefined}
              >
                <Lane taskId={task.taskId} track={track} frame={frame} selected={track.id === selected} scale={scale} />
              </li>
            )
          )
        })}
      </ul>
    </div>
  )
}

/** The selected row stays in sight; while the newest frame is followed, so do the newest rows. */
function useKeptInSight(
  rows: { scrollToIndex: (index: number, options: { align: 'auto' }) => void },
  selected: number,
  length: number,
): void {
  const following = useSessionState((state) => state.following)
  const order = useView((view) => view.order)
  useEffect(() => {
    if (selected >= 0) rows.scrollToIndex(selected, { align: 'auto' })
    else if (following && order === 'start' && length > 0) rows.scrollToIndex(length - 1, { align: 'auto' })
  }, [rows, selected, following, order, length])
}

function Note({ task }: { task: Task }) {
  const { frameCount } = useRecord()
  const reading = useSessionState((state) => state.reading)
  if (task.request.track === false) {
    return <p className={classes.note}>Tracking is off in this task, so there are no tracks to show.</p>
  }
  if (isOver(task) && reading !== 'open') {
    return <p className={classes.note}>{frameCount === 0 ? 'No frames were analysed.' : 'No tracks were found.'}</p>
  }
  return <p className={classes.note}>Each tracked object gets a row here.</p>
}
