import type { TaskResults } from '../../../../main/contract/index.ts'
import { span } from '../../../shared/format/time.ts'
import classes from './Results.module.css'

/** What was counted at lines and in zones. */
export function Crossings({ counts: { lines, zones } }: { counts: NonNullable<TaskResults['counts']> }) {
  return (
    <ul className={classes.counts} aria-label="Counted">
      {lines.map(({ name, forward, backward }) => (
        <li key={`line ${name}`}>
          <b>{name}</b> {forward} in, {backward} out
        </li>
      ))}
      {zones.map((zone) => (
        <li key={`zone ${zone.name}`}>
          <b>{zone.name}</b> {zone.entered} entered, {zone.left} left, {span(zone.dwell_seconds)} inside
        </li>
      ))}
    </ul>
  )
}
