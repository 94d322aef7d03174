import { type ApiKey, deleteApiKey } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { toastDone } from '../../shared/ui/toast.tsx'
import { ConfirmDialog } from './ConfirmDialog.tsx'

interface WithdrawDialogProps {
  /** The key in question; null while nothing is asked. */
  apiKey: ApiKey | null
  onClose: () => void
}

/** Asks before a key is withdrawn: nothing brings it back. */
export function WithdrawDialog({ apiKey, onClose }: WithdrawDialogProps) {
  const withdraw = useAct(deleteApiKey, 'keys')
  const close = (): void => {
    withdraw.reset()
    onClose()
  }
  const confirm = (): void => {
    if (!apiKey) return
    const onSuccess = () => {
      toastDone(`Withdrew the key “${apiKey.name}”.`)
      close()
    }
    withdraw.mutate({ keyId: apiKey.keyId }, { onSuccess })
  }
  return (
    <ConfirmDialog
      opened={apiKey !== null}
      title={`Withdraw “${apiKey?.name ?? ''}”?`}
      verb="Withdraw key"
      isPending={withdraw.isPending}
      error={withdraw.error}
      onConfirm={confirm}
      onClose={close}
    >
      What uses this key is refused at once. It cannot be brought back; a new key can be made. Videos uploaded with it
      stay.
    </ConfirmDialog>
  )
}
