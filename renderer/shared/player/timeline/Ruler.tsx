import { Fragment } from 'react'
import { useTimescale } from '../player.ts'
import { CHARACTER, rulerTicks } from '../ruler.ts'
import { contentWidth, pixelsPerSecond, visibleRange } from '../timescale.ts'
import classes from './Ruler.module.css'

/** Pixels from a tick to its time, as the style sheet has it. */
const BEFORE_LABEL = 5

/** Ticks and times, only those in sight. */
export function Ruler() {
  const scale = useTimescale((state) => state)
  const perSecond = pixelsPerSecond(scale)
  return rulerTicks(perSecond, scale.duration, visibleRange(scale)).map(({ time, label }) => {
    const left = time * perSecond
    // Half a time at the very end would be read as another one.
    const fits = label !== null && left + label.length * CHARACTER + BEFORE_LABEL <= contentWidth(scale)
    return (
      <Fragment key={time}>
        <span className={classes.tick} data-labelled={label !== null || undefined} style={{ left }} />
        {fits && (
          <span className={classes.label} style={{ left }}>
            {label}
          </span>
        )}
      </Fragment>
    )
  })
}
