import { rotateSecrets } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { toastDone } from '../../shared/ui/toast.tsx'
import { ConfirmDialog } from './ConfirmDialog.tsx'

/** Asks before the secrets are replaced: links that were shared cannot be made good again. */
export function RotateDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const rotate = useAct(rotateSecrets, 'videos', 'tasks', 'albums')
  const close = (): void => {
    rotate.reset()
    onClose()
  }
  const confirm = (): void => {
    const onSuccess = (): void => {
      toastDone('Replaced the secrets. Links made before no longer work.')
      close()
    }
    rotate.mutate({}, { onSuccess })
  }
  return (
    <ConfirmDialog
      opened={opened}
      title="Replace the secrets?"
      verb="Replace secrets"
      isPending={rotate.isPending}
      error={rotate.error}
      onConfirm={confirm}
      onClose={close}
    >
      Links that were shared stop working, and uploads under way have to ask for new addresses. Nothing else is lost:
      videos, albums, notes and API keys stay as they are.
    </ConfirmDialog>
  )
}
