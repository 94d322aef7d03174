import { Button } from '@mantine/core'
import { useState } from 'react'
import { type MaintenanceState, type QuarantinedItem, restoreQuarantined } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { count, size } from '../../shared/format/size.ts'
import { longDate } from '../../shared/format/time.ts'
import { ShowMore, useMore } from '../../shared/ui/ShowMore.tsx'
import { toastDone } from '../../shared/ui/toast.tsx'
import { DeleteQuarantinedDialog } from './DeleteQuarantinedDialog.tsx'
import { Failure } from './Failure.tsx'
import { Part } from './Part.tsx'
import { keptText, quarantinedName, quarantinedNote } from './quarantine-text.ts'
import classes from './Part.module.css'

/** Bytes that nothing in the library uses: kept aside until a person decides. */
export function Quarantine({ state: { quarantine } }: { state: MaintenanceState }) {
  const [deleting, setDeleting] = useState<QuarantinedItem | null>(null)
  const restore = useAct(restoreQuarantined, 'maintenance', 'videos', 'tasks')
  const { shown, rest, showMore } = useMore(quarantine)
  const bytes = quarantine.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const bringBack = (item: QuarantinedItem): void =>
    restore.mutate({ id: item.id }, { onSuccess: () => toastDone(`Restored “${quarantinedName(item)}”.`) })
  return (
    <Part
      name="Quarantine"
      about="Files in the data folder that nothing in the library uses are moved here and kept for at least 30 days. Fieldreel never deletes footage because its library entry is missing."
    >
      <Failure error={restore.error} />
      {quarantine.length === 0 ? (
        <p className={classes.none}>Empty. No unused files were found.</p>
      ) : (
        <>
          <table className={classes.table} aria-label={`${count(quarantine.length, 'item')}, ${size(bytes)}`}>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Size</th>
                <th scope="col">Moved here</th>
                <th scope="col">Kept until</th>
                <th scope="col">
                  <span className={classes.hidden}>Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((item) => (
                <QuarantineRow
                  key={item.id}
                  item={item}
                  busy={restore.isPending}
                  onRestore={() => bringBack(item)}
                  onDelete={() => setDeleting(item)}
                />
              ))}
            </tbody>
          </table>
          <ShowMore rest={rest} onClick={showMore} />
        </>
      )}
      <DeleteQuarantinedDialog item={deleting} onClose={() => setDeleting(null)} />
    </Part>
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
      <td className={classes.main}>
        {name}
        {note !== '' && <div className={classes.small}>{note}</div>}
      </td>
      <td>{size(item.sizeBytes)}</td>
      <td>{longDate(item.movedAt)}</td>
      <td>{keptText(item)}</td>
      <td className={classes.actions}>
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
