import { rotateSecrets } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { toastDone } from '../../shared/ui/toast.tsx'
import { ConfirmDialog } from './ConfirmDialog.tsx'

/** Asks before the secrets are replaced: links that were shared cannot be made good again. */
export function ReplaceSecretsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const rotate = useAct(rotateSecrets, 'videos', 'tasks', 'albums')
  const close = (): void => {
    rotate.reset()
    onClose()
  }
  const confirm = (): void => {
    const onSuccess = (): void => {
      toastDone('Replaced the link secrets. Existing links no longer work.')
      close()
    }
    rotate.mutate({}, { onSuccess })
  }
  return (
    <ConfirmDialog
      opened={opened}
      title="Replace link secrets?"
      verb="Replace secrets"
      isPending={rotate.isPending}
      error={rotate.error}
      onConfirm={confirm}
      onClose={close}
    >
      All shared links stop working, and running uploads have to request new URLs. Videos, albums, notes and API keys
      stay as they are.
    </ConfirmDialog>
  )
}
