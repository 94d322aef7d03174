import { type ApiKey, deleteApiKey } from '../../../main/contract/index.ts'
import { ConfirmAct } from '../../shared/settings/ConfirmAct.tsx'

interface RevokeKeyDialogProps {
  /** The dialog is open while there is one. */
  apiKey: ApiKey | null
  onClose: () => void
}

export function RevokeKeyDialog({ apiKey, onClose }: RevokeKeyDialogProps) {
  return (
    <ConfirmAct
      operation={deleteApiKey}
      input={apiKey && { keyId: apiKey.keyId }}
      topics={['keys']}
      title={`Revoke “${apiKey?.name ?? ''}”?`}
      verb="Revoke key"
      done={`Revoked the key “${apiKey?.name ?? ''}”.`}
      onClose={onClose}
    >
      Programs that use this key lose access at once. A revoked key cannot be restored, but you can create a new one.
      Videos uploaded with it stay.
    </ConfirmAct>
  )
}
