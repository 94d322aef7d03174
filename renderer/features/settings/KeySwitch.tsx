import { Switch } from '@mantine/core'
import { type ApiKey, updateApiKey } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { toastError } from '../../shared/ui/toast.tsx'

/** Lets a key rest: what shows it is refused until it is switched on again. */
export function KeySwitch({ apiKey: { keyId, name, isActive } }: { apiKey: ApiKey }) {
  const update = useAct(updateApiKey, 'keys')
  const turn = (on: boolean): void => {
    update.mutate(
      { keyId, isActive: on },
      { onError: ({ message }) => toastError(`The key was not switched ${on ? 'on' : 'off'}. ${message}`) },
    )
  }
  return (
    <Switch
      aria-label={`Key ${name} is active`}
      checked={update.isPending ? update.variables.isActive === true : isActive}
      disabled={update.isPending}
      onChange={({ currentTarget: { checked } }) => turn(checked)}
    />
  )
}
