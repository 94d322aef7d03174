import { count } from '../../../shared/format/size.ts'
import { type CutChanges, outcomeText } from './changes.ts'
import { CutSign } from './CutSign.tsx'
import classes from './Outcome.module.css'

interface OutcomeProps {
  countNow: number
  countThen: number | undefined
  changes: CutChanges | undefined
}

/** `12 → 15 scenes`, and how the cuts that come and go are drawn. */
export function Outcome({ countNow, countThen, changes }: OutcomeProps) {
  const [added, removed] = [changes?.added.length ?? 0, changes?.removed.length ?? 0]
  return (
    <p className={classes.outcome} role="status">
      <strong>{outcomeText(countNow, countThen)}</strong>
      {added > 0 && (
        <span className={classes.part}>
          <CutSign change="added" />
          {count(added, 'cut')} added
        </span>
      )}
      {removed > 0 && (
        <span className={classes.part}>
          <CutSign change="removed" />
          {count(removed, 'cut')} removed
        </span>
      )}
      {changes && added + removed === 0 && <span className={classes.part}>no change</span>}
    </p>
  )
}
