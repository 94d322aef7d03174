import { usePlaybackState, useTimescale } from '../player.ts'
import { pixelsPerSecond } from '../timescale.ts'
import classes from './MarkedRange.module.css'

/** The stretch from in to out, over all lanes. */
export function MarkedRange() {
  const inPoint = usePlaybackState((state) => state.inPoint)
  const outPoint = usePlaybackState((state) => state.outPoint)
  const duration = usePlaybackState((state) => state.duration)
  const perSecond = useTimescale(pixelsPerSecond)
  if (inPoint === null && outPoint === null) return null
  const start = inPoint ?? 0
  const end = outPoint ?? duration
  return (
    <div
      className={classes.range}
      data-in={inPoint !== null || undefined}
      data-out={outPoint !== null || undefined}
      style={{ left: start * perSecond, width: (end - start) * perSecond }}
    />
  )
}
