import type { CSSProperties } from 'react'
import type { Sighting, Sightings } from '../record/sightings.ts'
import { useSession, useSessionState } from '../session.ts'
import type { Footage } from './footage.ts'
import classes from './Boxes.module.css'

interface BoxesProps {
  size: NonNullable<Footage['size']>
  sightings: Sightings
}

/** A box and its name around everything seen. Dashed in frames that were skipped: there it lies between its neighbours. */
export function Boxes({ size, sightings }: BoxesProps) {
  const session = useSession()
  const selected = useSessionState((state) => state.selected)
  const isHere = selected !== null && sightings.list.some(({ trackId }) => trackId === selected)
  return (
    <ul className={classes.boxes} aria-label="Detected in this frame" data-kind={sightings.kind}>
      {sightings.list.map((one) => (
        <li
          key={one.key}
          className={classes.box}
          style={placeOf(one, size)}
          data-track={one.trackId}
          data-selected={(one.trackId !== null && one.trackId === selected) || undefined}
          data-other={(isHere && one.trackId !== selected) || undefined}
          onClick={() => one.trackId !== null && session.select(one.trackId === selected ? null : one.trackId)}
        >
          <span className={classes.label} data-low={one.box.top < LABEL_ROOM * size.height || undefined}>
            {one.trackId !== null && <b>{one.trackId}</b>} {one.className}{' '}
            {sightings.kind === 'seen' && <i>{one.confidence.toFixed(2)}</i>}
            {textOf(one)}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Above this share of the picture's height there is no room for a label above a box. */
const LABEL_ROOM = 0.045

function textOf({ findings }: Sighting) {
  const text = findings?.text?.map((line) => line.text).join(' ')
  return text ? <q>{text}</q> : null
}

function placeOf({ box, colour }: Sighting, { width, height }: BoxesProps['size']): CSSProperties {
  return {
    left: `${(box.left / width) * 100}%`,
    top: `${(box.top / height) * 100}%`,
    width: `${(box.width / width) * 100}%`,
    height: `${(box.height / height) * 100}%`,
    color: `var(--fr-k${colour}-over)`,
  }
}
