import { forgetViewers } from '../../../../main/contract/index.ts'
import { ConfirmAct } from '../../../shared/settings/ConfirmAct.tsx'

export function ForgetViewersDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <ConfirmAct
      operation={forgetViewers}
      input={opened ? {} : null}
      topics={['engagement']}
      title="Forget viewers?"
      verb="Forget viewers"
      done="Forgot the viewers. Their views still count."
      onClose={onClose}
    >
      Returning viewers then count as new ones: nobody, not even Fieldreel, can link past views to future views. Periods
      that include today count them twice. Views, watch times and locations stay.
    </ConfirmAct>
  )
}
