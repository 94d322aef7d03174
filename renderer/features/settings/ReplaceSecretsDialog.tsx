import { rotateSecrets } from '../../../main/contract/index.ts'
import { ConfirmAct } from '../../shared/settings/ConfirmAct.tsx'

export function ReplaceSecretsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <ConfirmAct
      operation={rotateSecrets}
      input={opened ? {} : null}
      topics={['videos', 'tasks', 'albums']}
      title="Replace link secrets?"
      verb="Replace secrets"
      done="Replaced the link secrets. Existing links no longer work."
      onClose={onClose}
    >
      All shared links stop working, and running uploads have to request new URLs. Videos, albums, notes and API keys
      stay as they are.
    </ConfirmAct>
  )
}
