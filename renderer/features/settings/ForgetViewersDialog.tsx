import { forgetViewers } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { toastDone } from '../../shared/ui/toast.tsx'
import { ConfirmDialog } from './ConfirmDialog.tsx'

/** Asks before viewers are forgotten: nothing brings them back. */
export function ForgetViewersDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const forget = useAct(forgetViewers, 'engagement')
  const close = (): void => {
    forget.reset()
    onClose()
  }
  const confirm = (): void => {
    const onSuccess = (): void => {
      toastDone('Forgot the viewers. Their views still count.')
      close()
    }
    forget.mutate({}, { onSuccess })
  }
  return (
    <ConfirmDialog
      opened={opened}
      title="Forget viewers?"
      verb="Forget viewers"
      isPending={forget.isPending}
      error={forget.error}
      onConfirm={confirm}
      onClose={close}
    >
      Returning viewers then count as new ones: nobody, not even Fieldreel, can link past views to future views. Periods
      that include today count them twice. Views, watch times and locations stay.
    </ConfirmDialog>
  )
}
