import classes from './Progress.module.css'

/** A plain bar; the words beside it say the number, the rate and the time left. */
export function Progress({ percent, name }: { percent: number; name: string }) {
  return (
    <div
      className={classes.track}
      role="progressbar"
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(percent)}
    >
      <div className={classes.bar} style={{ transform: `scaleX(${percent / 100})` }} />
    </div>
  )
}
