import { deleteQuarantined, type QuarantinedItem } from '../../../../main/contract/index.ts'
import { size } from '../../../shared/format/size.ts'
import { ConfirmAct } from '../../../shared/settings/ConfirmAct.tsx'
import { quarantinedName } from './quarantine-text.ts'

interface DeleteQuarantinedDialogProps {
  /** The dialog is open while there is one. */
  item: QuarantinedItem | null
  onClose: () => void
}

export function DeleteQuarantinedDialog({ item, onClose }: DeleteQuarantinedDialogProps) {
  const name = item === null ? '' : quarantinedName(item)
  return (
    <ConfirmAct
      operation={deleteQuarantined}
      input={item && { id: item.id }}
      topics={['maintenance', 'system']}
      title={`Delete “${name}” permanently?`}
      verb="Delete permanently"
      done={`Deleted “${name}” permanently.`}
      onClose={onClose}
    >
      {item === null ? '' : `This deletes ${size(item.sizeBytes)} from the disk. `}
      It cannot be undone; only a backup could restore it.
    </ConfirmAct>
  )
}
