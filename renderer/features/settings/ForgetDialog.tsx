import { forgetViewers } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { toastDone } from '../../shared/ui/toast.tsx'
import { ConfirmDialog } from './ConfirmDialog.tsx'

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
    <ConfirmDialog
      opened={opened}
      title="Forget viewers?"
      verb="Forget viewers"
      isPending={forget.isPending}
      error={forget.error}
      onConfirm={confirm}
      onClose={close}
    >
      The secret that tells viewers apart is replaced. From then on nobody, not even Fieldreel, can tell whether
      somebody who watches has watched before, and numbers of viewers over both times count them twice. Views, times and
      places stay.
    </ConfirmDialog>
  )
}
