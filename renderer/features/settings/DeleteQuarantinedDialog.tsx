import { deleteQuarantined, type QuarantinedItem } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { size } from '../../shared/format/size.ts'
import { toastDone } from '../../shared/ui/toast.tsx'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { quarantinedName } from './quarantine-words.ts'

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
      toastDone(`Deleted “${name}” for good.`)
      close()
    }
    remove.mutate({ id: item.id }, { onSuccess })
  }
  return (
    <ConfirmDialog
      opened={item !== null}
      title={`Delete “${name}” for good?`}
      verb="Delete for good"
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
      onClose={close}
    >
      {item === null ? '' : `Its ${size(item.sizeBytes)} are deleted from the disk. `}
      Nothing brings it back, unless it is in a backup.
    </ConfirmDialog>
  )
}
