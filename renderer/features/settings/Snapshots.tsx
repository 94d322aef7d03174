import type { MaintenanceState, Snapshot } from '../../../main/contract/index.ts'
import { size } from '../../shared/format/size.ts'
import { dateTime } from '../../shared/format/time.ts'
import { Part } from './Part.tsx'
import classes from './Part.module.css'

const REASONS: Readonly<Record<Snapshot['reason'], string>> = {
  daily: 'Daily',
  migration: 'Before an update',
}

/** Copies of the database that Fieldreel makes by itself. */
export function Snapshots({ state: { snapshots } }: { state: MaintenanceState }) {
  return (
    <Part
      name="Database snapshots"
      about="Copies of titles, notes, albums and settings, made every day and before every update. If the database is damaged, you can restore one. Footage is only in backups."
    >
      {snapshots.length === 0 ? (
        <p className={classes.none}>No snapshots yet. The first is made within a day.</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Created</th>
              <th scope="col">Reason</th>
              <th scope="col">Size</th>
              <th scope="col">File</th>
            </tr>
          </thead>
          <tbody>
            {snapshots.map(({ name, madeAt, reason, sizeBytes }) => (
              <tr key={name}>
                <td className={classes.main}>{dateTime(madeAt)}</td>
                <td>{REASONS[reason]}</td>
                <td>{size(sizeBytes)}</td>
                <td className={classes.file}>{name}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Part>
  )
}
