import { IconLock } from '@tabler/icons-react'
import type { MaintenanceState } from '../../../../main/contract/index.ts'
import { dateTime } from '../../../shared/format/time.ts'
import { CopyText } from '../../../shared/ui/CopyText.tsx'
import { repairCommands } from './repair-commands.ts'
import { useSystem } from '../../../shared/settings/useSystem.ts'
import classes from './ReadOnly.module.css'

/** What to do about a damaged database, step by step: it cannot be changed while it is open. */
export function ReadOnly({ state: { snapshots } }: { state: MaintenanceState }) {
  const { data } = useSystem()
  const [newest] = snapshots
  const { useSnapshot, rebuild } = repairCommands(data?.dataFolder ?? '', newest)
  return (
    <div className={classes.box} role="note">
      <IconLock size={16} stroke={1.75} aria-hidden />
      <div className={classes.text}>
        <strong>The database is damaged: the library is read-only</strong>
        <p>No footage is touched or deleted. Close Fieldreel, then run one of these in its program folder:</p>
        <ul>
          {newest && useSnapshot !== null && (
            <li>
              Restore the snapshot of {dateTime(newest.madeAt)}. Fieldreel then offers to rebuild what is newer.
              <CopyText text={useSnapshot} what="command to use the snapshot" />
            </li>
          )}
          <li>
            Create a new database from the footage and the titles and tags stored beside it.
            <CopyText text={rebuild} what="command to rebuild" />
          </li>
        </ul>
        <p>Both move the damaged database to quarantine.</p>
      </div>
    </div>
  )
}
