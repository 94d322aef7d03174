import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { Task } from '../../../../main/contract/index.ts'
import { count } from '../../../shared/format/size.ts'
import { clockRange } from '../../../shared/format/time.ts'
import { keepFocus } from '../../../shared/ui/keep-focus.ts'
import { taskPictureUrl } from '../media.ts'
import { boxOf } from '../record/sightings.ts'
import type { TaskRecord } from '../record/task-record.ts'
import type { Track } from '../record/track.ts'
import { useRecord, useSession, useSessionState } from '../session.ts'
import classes from './TrackCard.module.css'

/** The selected track: how it looks at its best, and the ways to it. */
export function TrackCard({ task }: { task: Task }) {
  const session = useSession()
  const record = useRecord()
  const selected = useSessionState((state) => state.selected)
  const track = selected === null ? undefined : record.track(selected)
  if (!track) return null
  return (
    <section className={classes.card} aria-label={`Track ${track.id}`}>
      <Picture key={track.id} task={task} record={record} track={track} />
      <div className={classes.words}>
        <h2>
          <i style={{ background: `var(--fr-k${track.colour})` }} aria-hidden />
          {track.id} {record.className(track.classIndex)}
        </h2>
        <p>{factsOf(record, track)}</p>
        <div className={classes.actions} onMouseDown={keepFocus}>
          {(['first', 'best', 'last'] as const).map((which, at) => (
            <Button
              key={which}
              variant="default"
              h={26}
              px={8}
              rightSection={<kbd>{at + 1}</kbd>}
              onClick={() => session.goToTrack(track.id, which)}
            >
              {NAMES[which]}
            </Button>
          ))}
        </div>
      </div>
      <ActionIcon size={26} aria-label="Deselect track" onClick={() => session.select(null)}>
        <IconX size={16} stroke={1.75} />
      </ActionIcon>
    </section>
  )
}

const NAMES = { first: 'First', best: 'Best', last: 'Last' } as const

function Picture({ task, record, track }: { task: Task; record: TaskRecord; track: Track }) {
  const [gone, setGone] = useState(false)
  const url = taskPictureUrl(
    task.taskId,
    record.frameNumbers.at(track.frames.at(track.best)),
    boxOf(record, track.targets.at(track.best)),
  )
  return <div className={classes.picture}>{!gone && <img src={url} alt="" onError={() => setGone(true)} />}</div>
}

function factsOf(record: TaskRecord, track: Track): string {
  const gaps = track.runs.length - 1
  const text = record.findings.get(track.targets.at(track.best))?.text?.map((line) => line.text)
  return [
    clockRange(record.times.at(track.firstFrame), record.times.at(track.lastFrame)),
    count(track.frames.length, 'frame'),
    gaps > 0 ? count(gaps, 'gap') : '',
    `best ${track.bestConfidence.toFixed(2)}`,
    text ? `“${text.join(' ')}”` : '',
  ]
    .filter(Boolean)
    .join(', ')
}
