import type { Task } from '../../../main/contract/index.ts'
import { size } from '../../shared/format/size.ts'
import { ConfirmDialog } from '../../shared/ui/ConfirmDialog.tsx'
import { remove } from './actions.ts'

interface RemoveDialogProps {
  task: Task
  onClose: () => void
  onRemoved?: () => void
}

export function RemoveDialog({ task, onClose, onRemoved }: RemoveDialogProps) {
  const confirm = async (): Promise<void> => {
    onClose()
    if (await remove(task)) onRemoved?.()
  }
  return (
    <ConfirmDialog
      opened
      title="Remove this task?"
      verb="Remove task"
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      Its event stream ({size(task.streamBytes)}) and its results are deleted. The video stays.
    </ConfirmDialog>
  )
}
