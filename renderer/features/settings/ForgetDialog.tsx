import { Button, Modal } from '@mantine/core'
import { forgetViewers } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { toastDone } from '../../shared/ui/toast.tsx'
import classes from './ApiKeys.module.css'

/** Asks before viewers are forgotten: nothing brings them back. */
export function ForgetDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const forget = useAct(forgetViewers, 'engagement')
  const close = (): void => {
    forget.reset()
    onClose()
  }
  const confirm = (): void => {
    const onSuccess = (): void => {
      toastDone('Viewers were forgotten. Their views stay counted.')
      close()
    }
    forget.mutate({}, { onSuccess })
  }
  return (
    <Modal opened={opened} onClose={close} title="Forget viewers?" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes.form}>
        <p>
          The secret that tells viewers apart is replaced. From then on nobody, not even Fieldreel, can tell whether
          somebody who watches has watched before, and numbers of viewers over both times count them twice. Views, times
          and places stay.
        </p>
        {forget.error && (
          <p className={classes.problem} role="alert">
            {forget.error.message}
          </p>
        )}
        <div className={classes.buttons}>
          <Button variant="default" onClick={close} data-autofocus>
            Cancel
          </Button>
          <Button color="red" disabled={forget.isPending} onClick={confirm}>
            Forget viewers
          </Button>
        </div>
      </div>
    </Modal>
  )
}
