import { type ApiKey, deleteApiKey } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { toastDone } from '../../shared/ui/toast.tsx'
import { ConfirmDialog } from './ConfirmDialog.tsx'

interface RevokeKeyDialogProps {
  /** The key in question; null while nothing is asked. */
  apiKey: ApiKey | null
  onClose: () => void
}

/** Asks before a key is withdrawn: nothing brings it back. */
export function RevokeKeyDialog({ apiKey, onClose }: RevokeKeyDialogProps) {
  const revoke = useAct(deleteApiKey, 'keys')
  const close = (): void => {
    revoke.reset()
    onClose()
  }
  const confirm = (): void => {
    if (!apiKey) return
    const onSuccess = () => {
      toastDone(`Revoked the key “${apiKey.name}”.`)
      close()
    }
    revoke.mutate({ keyId: apiKey.keyId }, { onSuccess })
  }
  return (
    <ConfirmDialog
      opened={apiKey !== null}
      title={`Revoke “${apiKey?.name ?? ''}”?`}
      verb="Revoke key"
      isPending={revoke.isPending}
      error={revoke.error}
      onConfirm={confirm}
      onClose={close}
    >
      Programs that use this key lose access at once. A revoked key cannot be restored, but you can create a new one.
      Videos uploaded with it stay.
    </ConfirmDialog>
  )
}
