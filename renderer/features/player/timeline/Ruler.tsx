import { Fragment } from 'react'
import { useTimescale } from '../player.ts'
import { rulerTicks } from '../ruler.ts'
import { pixelsPerSecond, visibleRange } from '../timescale.ts'
import classes from './Timeline.module.css'

/** Ticks and times, only those in sight. */
export function Ruler() {
  const scale = useTimescale((state) => state)
  const perSecond = pixelsPerSecond(scale)
  return rulerTicks(perSecond, scale.duration, visibleRange(scale)).map(({ time, label }) => (
    <Fragment key={time}>
      <span className={classes.tick} data-labelled={label !== null || undefined} style={{ left: time * perSecond }} />
      {label !== null && (
        <span className={classes.label} style={{ left: time * perSecond }}>
          {label}
        </span>
      )}
    </Fragment>
  ))
}
