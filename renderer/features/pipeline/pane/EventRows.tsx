import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { Track } from '../record/track.ts'
import { useCurrentFrame, useRecord, useSession, useSessionState } from '../session.ts'
import { eventText } from './event-text.ts'
import classes from './Events.module.css'

const ROW_HEIGHT = 18.5

interface EventRowsProps {
  /** Only frames that show this track; all when undefined. */
  track: Track | undefined
  /** Whether the rows stay where they are instead of following the playhead. */
  paused: boolean
  /** Called when a person scrolls. */
  onPause: () => void
  onOpen: (frame: number) => void
}

/** The rows of the events; only those in view exist. */
export function EventRows({ track, paused, onPause, onOpen }: EventRowsProps) {
  const session = useSession()
  const record = useRecord()
  const current = useCurrentFrame()
  const selected = useSessionState((state) => state.selected)
  const scroller = useRef<HTMLDivElement>(null)
  const length = track ? track.frames.length : record.frameCount
  /** The newest event is the first row. */
  const frameOf = (row: number): number => (track ? track.frames.at(length - 1 - row) : length - 1 - row)
  const rowOf = (frame: number): number => length - (track ? track.frames.countUpTo(frame) : frame + 1)
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by what it returns
  const rows = useVirtualizer({
    count: length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    paddingStart: 4,
    paddingEnd: 8,
  })
  const row = current < 0 ? -1 : rowOf(current)
  useEffect(() => {
    if (!paused && row >= 0 && row < length) rows.scrollToIndex(row, { align: 'auto' })
  }, [paused, row, length, rows])
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'PageUp' || key === 'PageDown') onPause()
  }
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      onWheel={onPause}
      onPointerDown={({ target, currentTarget }) => target === currentTarget && onPause()}
      onKeyDown={onKeyDown}
      tabIndex={-1}
    >
      {length === 0 && <p className={classes.note}>Events appear here as they arrive, one per analysed frame.</p>}
      <ol className={classes.list} style={{ height: rows.getTotalSize() }} aria-label="Events">
        {rows.getVirtualItems().map(({ index, start }) => {
          const frame = frameOf(index)
          const isCurrent = frame === current || undefined
          return (
            <li
              key={frame}
              style={{ transform: `translateY(${start}px)` }}
              aria-setsize={length}
              aria-posinset={index + 1}
            >
              <button
                type="button"
                className={classes.row}
                data-current={isCurrent}
                aria-current={isCurrent}
                onClick={() => session.goTo(frame)}
                onDoubleClick={() => onOpen(frame)}
                onKeyDown={({ key }) => key === 'e' && onOpen(frame)}
              >
                <span>{record.offsets.at(frame).toLocaleString('en-GB')}</span>
                <span>{record.frameNumbers.at(frame)}</span>
                <span>{eventText(record, frame, selected)}</span>
              </button>
            </li>
          )
        })}
      </ol>
    </div>
  )
}
