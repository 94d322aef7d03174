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
  const [comes, goes] = [changes?.comes.length ?? 0, changes?.goes.length ?? 0]
  return (
    <p className={classes.outcome} role="status">
      <strong>{outcomeText(countNow, countThen)}</strong>
      {comes > 0 && (
        <span className={classes.part}>
          <CutSign change="comes" />
          {comes === 1 ? '1 cut comes' : `${count(comes, 'cut')} come`}
        </span>
      )}
      {goes > 0 && (
        <span className={classes.part}>
          <CutSign change="goes" />
          {goes === 1 ? '1 cut goes' : `${count(goes, 'cut')} go`}
        </span>
      )}
      {changes && comes + goes === 0 && <span className={classes.part}>as now</span>}
    </p>
  )
}
