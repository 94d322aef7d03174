import type { MaintenanceState, Snapshot } from '../../../../main/contract/index.ts'
import { size } from '../../../shared/format/size.ts'
import { dateTime } from '../../../shared/format/time.ts'
import { SettingPart } from '../../../shared/settings/SettingPart.tsx'
import { SettingTable } from '../../../shared/settings/SettingTable.tsx'
import section from '../../../shared/settings/section.module.css'

const COLUMNS = ['Created', 'Reason', 'Size', 'File']
const REASONS: Readonly<Record<Snapshot['reason'], string>> = {
  daily: 'Daily',
  migration: 'Before an update',
}

/** Automatic copies of the database. */
export function Snapshots({ state: { snapshots } }: { state: MaintenanceState }) {
  return (
    <SettingPart
      name="Database snapshots"
      about="Copies of titles, notes, albums and settings, made every day and before every update. If the database is damaged, you can restore one. Footage is only in backups."
    >
      {snapshots.length === 0 ? (
        <p className={section.none}>No snapshots yet. The first is made within a day.</p>
      ) : (
        <SettingTable columns={COLUMNS}>
          {snapshots.map(({ name, madeAt, reason, sizeBytes }) => (
            <tr key={name}>
              <td>{dateTime(madeAt)}</td>
              <td>{REASONS[reason]}</td>
              <td>{size(sizeBytes)}</td>
              <td>
                <code className={section.code}>{name}</code>
              </td>
            </tr>
          ))}
        </SettingTable>
      )}
    </SettingPart>
  )
}
