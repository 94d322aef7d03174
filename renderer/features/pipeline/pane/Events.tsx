import { Button } from '@mantine/core'
import { IconFilter, IconPlayerPause } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import quiet from '../../../shared/ui/control-tone.module.css'
import { useCurrentFrame, useRecord, useSession, useSessionState } from '../session.ts'
import { EventDetail } from './EventDetail.tsx'
import { closingText, eventText } from './event-text.ts'
import classes from './Events.module.css'

const ROW_HEIGHT = 18.5

/** Every event of the stream, the newest on top, with the byte it begins at. Follows the playhead until it is scrolled. */
export function Events() {
  const session = useSession()
  const record = useRecord()
  const current = useCurrentFrame()
  const selected = useSessionState((state) => state.selected)
  const [onlyTrack, setOnlyTrack] = useState(false)
  const [paused, setPaused] = useState(false)
  const [opened, setOpened] = useState<number | null>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const track = onlyTrack && selected !== null ? record.track(selected) : undefined
  const length = track ? track.frames.length : record.frameCount
  /** Rows run backwards in time: the newest is the first. */
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
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'PageUp' || event.key === 'PageDown') setPaused(true)
  }
  const items = rows.getVirtualItems()
  return (
    <>
      <div className={classes.head}>
        <span className={classes.legend} aria-hidden>
          <span>Byte</span>
          <span>Frame</span>
          <span>Detected</span>
        </span>
        {selected !== null && (
          <Button
            variant="subtle"
            h={26}
            px={8}
            className={clsx(onlyTrack ? quiet.on : quiet.quiet)}
            aria-pressed={onlyTrack}
            leftSection={<IconFilter size={16} stroke={1.75} aria-hidden />}
            onClick={() => setOnlyTrack(!onlyTrack)}
          >
            Track {selected} only
          </Button>
        )}
        <Button
          variant="subtle"
          h={26}
          px={8}
          className={clsx(paused ? quiet.on : quiet.quiet)}
          aria-pressed={paused}
          leftSection={<IconPlayerPause size={16} stroke={1.75} aria-hidden />}
          onClick={() => setPaused(!paused)}
        >
          {' '}
          Pause{' '}
        </Button>
      </div>
      {record.closing && !track && (
        <p className={classes.closing} data-reason={record.closing.reason}>
          <code>{record.closing.offset.toLocaleString('en-GB')}</code> {closingText(record.closing)}
        </p>
      )}
      <div
        ref={scroller}
        className={classes.scroller}
        onWheel={() => setPaused(true)}
        onPointerDown={({ target, currentTarget }) => target === currentTarget && setPaused(true)}
        onKeyDown={onKeyDown}
        tabIndex={-1}
      >
        {length === 0 && <p className={classes.note}>Events appear here as they arrive, one per analysed frame.</p>}
        <ol className={classes.list} style={{ height: rows.getTotalSize() }} aria-label="Events">
          {items.map(({ index, start }) => {
            const frame = frameOf(index)
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
                  data-current={frame === current || undefined}
                  aria-current={frame === current || undefined}
                  onClick={() => session.goTo(frame)}
                  onDoubleClick={() => setOpened(frame)}
                  onKeyDown={({ key }) => key === 'e' && setOpened(frame)}
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
      {opened !== null && <EventDetail frame={opened} onClose={() => setOpened(null)} />}
    </>
  )
}
