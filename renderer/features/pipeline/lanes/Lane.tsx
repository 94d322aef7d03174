import { type CSSProperties, useState } from 'react'
import { clockRange } from '../../../shared/format/time.ts'
import { timeAt } from '../../../shared/player/timescale.ts'
import { usePlayer } from '../../../shared/player/player.ts'
import { taskPictureUrl } from '../media.ts'
import { boxOf } from '../record/sightings.ts'
import type { TaskRecord } from '../record/task-record.ts'
import type { Track } from '../record/track.ts'
import { useSession } from '../session.ts'
import { barsOf, type LaneScale } from './bars.ts'
import classes from './Tracks.module.css'

interface LaneProps {
  taskId: string
  track: Track
  /** Frame of the record at the playhead. */
  frame: number
  selected: boolean
  scale: LaneScale
}

/** One track: what it is, how it looks, and when it was seen. */
export function Lane({ taskId, track, frame, selected, scale }: LaneProps) {
  const session = useSession()
  const { timeline } = usePlayer()
  const { record } = session
  const className = record.className(track.classIndex)
  const goThere = (x: number): void => {
    session.select(track.id)
    session.stopFollowing()
    session.playback.pause()
    session.playback.seek(timeAt(timeline.state.getState(), x))
  }
  return (
    <div
      className={classes.lane}
      data-here={isSeen(track, frame) || undefined}
      style={{ '--track': `var(--fr-k${track.colour})` } as CSSProperties}
    >
      <button
        type="button"
        className={classes.name}
        aria-pressed={selected}
        title={`Track ${track.id}, ${className}, ${seenText(record, track)}`}
        onClick={() => session.select(selected ? null : track.id)}
        onDoubleClick={() => session.goToTrack(track.id, 'first')}
      >
        <i aria-hidden />
        <Thumb taskId={taskId} track={track} record={record} />
        <b>
          <span className={classes.heard}>Track </span>
          {track.id}{' '}
        </b>
        <span>
          {className}
          <span className={classes.heard}>, {seenText(record, track)}</span>
        </span>
      </button>
      <div
        className={classes.bars}
        onClick={({ clientX, currentTarget }) => goThere(clientX - currentTarget.getBoundingClientRect().left)}
      >
        {barsOf(record, track, scale).map(({ left, width }) => (
          <span key={left} style={{ left, width }} />
        ))}
      </div>
    </div>
  )
}

/** How it looks in its best frame so far. A picture that cannot be had leaves its place empty. */
function Thumb({ taskId, track, record }: { taskId: string; track: Track; record: TaskRecord }) {
  // A new best frame every moment must not load a new picture every moment: the first look is kept.
  const [best] = useState(track.best)
  const [gone, setGone] = useState(false)
  const url = taskPictureUrl(
    taskId,
    record.frameNumbers.at(track.frames.at(best)),
    boxOf(record, track.targets.at(best)),
  )
  return <span className={classes.thumb}>{!gone && <img src={url} alt="" onError={() => setGone(true)} />}</span>
}

/** Whether a frame of the record shows the track. */
function isSeen({ frames }: Track, frame: number): boolean {
  const at = frames.countUpTo(frame) - 1
  return at >= 0 && frames.at(at) === frame
}

function seenText(record: TaskRecord, track: Track): string {
  const times = clockRange(record.times.at(track.firstFrame), record.times.at(track.lastFrame))
  return `seen ${times} in ${track.frames.length} frames`
}
