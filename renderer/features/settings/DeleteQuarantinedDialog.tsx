import { deleteQuarantined, type QuarantinedItem } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { size } from '../../shared/format/size.ts'
import { toastDone } from '../../shared/ui/toast.tsx'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { quarantinedName } from './quarantine-text.ts'

interface DeleteQuarantinedDialogProps {
  /** The thing in question; null while nothing is asked. */
  item: QuarantinedItem | null
  onClose: () => void
}

/** Asks before a thing in quarantine is deleted: nothing brings it back. */
export function DeleteQuarantinedDialog({ item, onClose }: DeleteQuarantinedDialogProps) {
  const remove = useAct(deleteQuarantined, 'maintenance', 'system')
  const name = item === null ? '' : quarantinedName(item)
  const close = (): void => {
    remove.reset()
    onClose()
  }
  const confirm = (): void => {
    if (!item) return
    const onSuccess = (): void => {
      toastDone(`Deleted “${name}” permanently.`)
      close()
    }
    remove.mutate({ id: item.id }, { onSuccess })
  }
  return (
    <ConfirmDialog
      opened={item !== null}
      title={`Delete “${name}” permanently?`}
      verb="Delete permanently"
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
      onClose={close}
    >
      {item === null ? '' : `This deletes ${size(item.sizeBytes)} from the disk. `}
      It cannot be undone; only a backup could restore it.
    </ConfirmDialog>
  )
}
