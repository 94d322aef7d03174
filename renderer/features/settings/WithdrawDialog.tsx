import { Button, Modal } from '@mantine/core'
import { type ApiKey, deleteApiKey } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { toastDone } from '../../shared/ui/toast.tsx'
import classes from './ApiKeys.module.css'

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
    <Modal
      opened={apiKey !== null}
      onClose={close}
      title={`Withdraw “${apiKey?.name ?? ''}”?`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes.form}>
        <p>
          What uses this key is refused at once. It cannot be brought back; a new key can be made. Videos uploaded with
          it stay.
        </p>
        {withdraw.error && (
          <p className={classes.problem} role="alert">
            {withdraw.error.message}
          </p>
        )}
        <div className={classes.buttons}>
          <Button variant="default" onClick={close} data-autofocus>
            Cancel
          </Button>
          <Button color="red" disabled={withdraw.isPending} onClick={confirm}>
            Withdraw key
          </Button>
        </div>
      </div>
    </Modal>
  )
}
