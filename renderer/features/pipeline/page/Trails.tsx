import { boxOf, type Sightings } from '../record/sightings.ts'
import { useRecord } from '../session.ts'
import type { TaskRecord } from '../record/task-record.ts'
import type { Footage } from './footage.ts'
import classes from './Trails.module.css'

/** How far back a trail goes, in frames looked at: enough to see where something comes from. */
const LENGTH = 40

interface TrailsProps {
  size: NonNullable<Footage['size']>
  sightings: Sightings
}

/** Where the tracks in frame came from. */
export function Trails({ size, sightings }: TrailsProps) {
  const record = useRecord()
  return (
    <svg className={classes.trails} viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden>
      {sightings.list.map(({ trackId, colour, key }) => {
        const points = trackId === null ? '' : trailOf(record, trackId, sightings.frame)
        return points && <polyline key={key} points={points} style={{ stroke: `var(--fr-k${colour}-over)` }} />
      })}
    </svg>
  )
}

/** The lower middle of its boxes: where it stands or rolls. */
function trailOf(record: TaskRecord, trackId: number, frame: number): string {
  const track = record.track(trackId)
  if (!track) return ''
  const end = track.frames.countUpTo(frame)
  const start = Math.max(0, end - LENGTH)
  return Array.from({ length: end - start }, (_, at) => {
    const { left, top, width, height } = boxOf(record, track.targets.at(start + at))
    return `${left + width / 2},${top + height}`
  }).join(' ')
}
