import { Button } from '@mantine/core'
import { IconFilter, IconPlayerPause, type TablerIcon } from '@tabler/icons-react'
import clsx from 'clsx'
import { useState } from 'react'
import tone from '../../../shared/ui/control-tone.module.css'
import { useRecord, useSessionState } from '../session.ts'
import { closingText } from './event-text.ts'
import { EventDetail } from './EventDetail.tsx'
import { EventRows } from './EventRows.tsx'
import classes from './Events.module.css'

/** Every event of the stream with the byte it begins at, the newest on top; of the selected track only, if chosen. */
export function Events() {
  const record = useRecord()
  const selected = useSessionState((state) => state.selected)
  const [onlyTrack, setOnlyTrack] = useState(false)
  const [paused, setPaused] = useState(false)
  const [opened, setOpened] = useState<number | null>(null)
  const track = onlyTrack && selected !== null ? record.track(selected) : undefined
  return (
    <>
      <div className={classes.head}>
        <span className={classes.legend} aria-hidden>
          <span>Byte</span>
          <span>Frame</span>
          <span>Detected</span>
        </span>
        {selected !== null && (
          <Toggle
            name={`Track ${selected} only`}
            icon={IconFilter}
            on={onlyTrack}
            onClick={() => setOnlyTrack(!onlyTrack)}
          />
        )}
        <Toggle name="Pause" icon={IconPlayerPause} on={paused} onClick={() => setPaused(!paused)} />
      </div>
      {record.closing && !track && (
        <p className={classes.closing} data-reason={record.closing.reason}>
          <code>{record.closing.offset.toLocaleString('en-GB')}</code> {closingText(record.closing)}
        </p>
      )}
      <EventRows track={track} paused={paused} onPause={() => setPaused(true)} onOpen={setOpened} />
      {opened !== null && <EventDetail frame={opened} onClose={() => setOpened(null)} />}
    </>
  )
}

interface ToggleProps {
  name: string
  icon: TablerIcon
  on: boolean
  onClick: () => void
}

function Toggle({ name, icon: Icon, on, onClick }: ToggleProps) {
  return (
    <Button
      variant="subtle"
      h={26}
      px={8}
      className={clsx(on ? tone.on : tone.quiet)}
      aria-pressed={on}
      leftSection={<Icon size={16} stroke={1.75} aria-hidden />}
      onClick={onClick}
    >
      {name}
    </Button>
  )
}
