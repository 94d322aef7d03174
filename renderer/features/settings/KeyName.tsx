import { type ApiKey, updateApiKey } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { EditableName } from '../../shared/ui/EditableName.tsx'
import { toastError } from '../../shared/ui/toast.tsx'
import classes from './ApiKeys.module.css'

/** What a key is called, to be changed where it stands. */
export function KeyName({ apiKey: { keyId, name } }: { apiKey: ApiKey }) {
  const update = useAct(updateApiKey, 'keys')
  const rename = (changed: string): void =>
    update.mutate(
      { keyId, name: changed },
      { onError: ({ message }) => toastError(`The name was not changed. ${message}`) },
    )
  return (
    <EditableName
      name={(update.isPending ? update.variables.name : undefined) ?? name}
      hint="Change the name"
      label="Name of the key"
      className={classes.name}
      onRename={rename}
    />
  )
}
