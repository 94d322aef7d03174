import { useView } from './view.ts'
import classes from './GridSkeleton.module.css'

/** Cards to be, where the cards will be. */
export function GridSkeleton() {
  const thumbWidth = useView((view) => view.thumbWidth)
  return (
    <div
      className={classes.grid}
      style={{ gridTemplateColumns: `repeat(auto-fill, minmax(${thumbWidth}px, 1fr))` }}
      role="status"
      aria-label="Reading the library"
    >
      {Array.from({ length: 24 }, (_, index) => (
        <div key={index} className={classes.card}>
          <div />
          <div />
          <div />
        </div>
      ))}
    </div>
  )
}
