import { FEW_VIEWS, percent } from './figures.ts'
import classes from './Bars.module.css'

interface BarsProps {
  name: string
  rows: readonly { readonly name: string; readonly views: number; readonly percentage: number }[]
  totalViews: number
}

/** Shares as bars under their names, the largest first as the engine has them. Of few views, no shares are claimed. */
export function Bars({ name, rows, totalViews }: BarsProps) {
  const few = totalViews < FEW_VIEWS
  return (
    <ul className={classes.bars} aria-label={name}>
      {rows.map((row) => (
        <li key={row.name}>
          <span className={classes.name}>{row.name}</span>
          <span className={classes.number}>
            {row.views.toLocaleString('en-GB')}
            {!few && <span className={classes.share}>{percent(row.percentage)}</span>}
          </span>
          <span className={classes.track} aria-hidden>
            <span style={{ width: `${row.percentage}%` }} />
          </span>
        </li>
      ))}
    </ul>
  )
}
