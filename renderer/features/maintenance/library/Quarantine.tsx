import { Button } from '@mantine/core'
import { useState } from 'react'
import { type MaintenanceState, type QuarantinedItem, restoreQuarantined } from '../../../../main/contract/index.ts'
import { useAct } from '../../../shared/engine/queries.ts'
import { count, size } from '../../../shared/format/size.ts'
import { longDate } from '../../../shared/format/time.ts'
import { ErrorNote } from '../../../shared/settings/ErrorNote.tsx'
import { SettingPart } from '../../../shared/settings/SettingPart.tsx'
import { SettingTable } from '../../../shared/settings/SettingTable.tsx'
import { ShowMore, useMore } from '../../../shared/ui/ShowMore.tsx'
import { toastDone } from '../../../shared/ui/toast.tsx'
import { DeleteQuarantinedDialog } from './DeleteQuarantinedDialog.tsx'
import { keptText, quarantinedName, quarantinedNote } from './quarantine-text.ts'
import section from '../../../shared/settings/section.module.css'

const COLUMNS = ['Name', 'Size', 'Moved here', 'Kept until']

/** Files that nothing in the library uses: kept until a person decides. */
export function Quarantine({ state: { quarantine } }: { state: MaintenanceState }) {
  const [deleting, setDeleting] = useState<QuarantinedItem | null>(null)
  const act = useAct(restoreQuarantined, 'maintenance', 'videos', 'tasks')
  const { shown, rest, showMore } = useMore(quarantine)
  const bytes = quarantine.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const restore = (item: QuarantinedItem): void =>
    act.mutate({ id: item.id }, { onSuccess: () => toastDone(`Restored “${quarantinedName(item)}”.`) })
  return (
    <SettingPart
      name="Quarantine"
      about="Files in the data folder that nothing in the library uses are moved here and kept for at least 30 days. Fieldreel never deletes footage because its library entry is missing."
    >
      <ErrorNote message={act.error?.message} />
      {quarantine.length === 0 ? (
        <p className={section.none}>Empty. No unused files were found.</p>
      ) : (
        <>
          <SettingTable
            label={`${count(quarantine.length, 'item')}, ${size(bytes)}`}
            columns={COLUMNS}
            actions="Actions"
          >
            {shown.map((item) => (
              <QuarantineRow
                key={item.id}
                item={item}
                busy={act.isPending}
                onRestore={() => restore(item)}
                onDelete={() => setDeleting(item)}
              />
            ))}
          </SettingTable>
          <ShowMore rest={rest} onClick={showMore} />
        </>
      )}
      <DeleteQuarantinedDialog item={deleting} onClose={() => setDeleting(null)} />
    </SettingPart>
  )
}

interface QuarantineRowProps {
  item: QuarantinedItem
  busy: boolean
  onRestore: () => void
  onDelete: () => void
}

function QuarantineRow({ item, busy, onRestore, onDelete }: QuarantineRowProps) {
  const name = quarantinedName(item)
  const note = quarantinedNote(item)
  return (
    <tr>
      <td>
        {name}
        {note !== '' && <div className={section.small}>{note}</div>}
      </td>
      <td>{size(item.sizeBytes)}</td>
      <td>{longDate(item.movedAt)}</td>
      <td>{keptText(item)}</td>
      <td>
        {item.restorable && (
          <Button variant="subtle" h={26} disabled={busy} aria-label={`Restore ${name}`} onClick={onRestore}>
            Restore
          </Button>
        )}
        <Button variant="subtle" color="gray" h={26} aria-label={`Delete ${name} permanently`} onClick={onDelete}>
          Delete…
        </Button>
      </td>
    </tr>
  )
}
