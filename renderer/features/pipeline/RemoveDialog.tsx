import { Button, Group, Modal } from '@mantine/core'
import type { Task } from '../../../main/contract/index.ts'
import { size } from '../../shared/format/size.ts'
import { remove } from './actions.ts'

interface RemoveDialogProps {
  task: Task
  onClose: () => void
  /** Told when it is gone. */
  onRemoved?: () => void
}

/** Asked first, as there is no way back. */
export function RemoveDialog({ task, onClose, onRemoved }: RemoveDialogProps) {
  const act = async (): Promise<void> => {
    onClose()
    if (await remove(task)) onRemoved?.()
  }
  return (
    <Modal opened onClose={onClose} title="Remove this task?" closeButtonProps={{ 'aria-label': 'Close' }}>
      <p style={{ margin: '0 0 16px', color: 'var(--fr-t2)' }}>
        Its event stream ({size(task.streamBytes)}) and its results are deleted. The video stays.
      </p>
      <Group justify="flex-end" gap={8}>
        <Button variant="default" data-autofocus onClick={onClose}>
          Cancel
        </Button>
        <Button color="red" onClick={() => void act()}>
          Remove task
        </Button>
      </Group>
    </Modal>
  )
}
