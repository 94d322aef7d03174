import { type KeyboardEvent, useState } from 'react'
import { type ApiKey, updateApiKey } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { toastError } from '../../shared/ui/toast.tsx'
import classes from './ApiKeys.module.css'

/** What a key is called; a click makes it a field. Enter or leaving it keeps the change, Esc does not. */
export function KeyName({ apiKey: { keyId, name } }: { apiKey: ApiKey }) {
  const [text, setText] = useState<string | null>(null)
  const update = useAct(updateApiKey, 'keys')
  const keep = (): void => {
    const changed = text?.trim() ?? ''
    setText(null)
    if (changed === '' || changed === name) return
    update.mutate(
      { keyId, name: changed },
      { onError: ({ message }) => toastError(`The name was not changed. ${message}`) },
    )
  }
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'Enter') keep()
    if (key === 'Escape') setText(null)
  }
  if (text === null) {
    const shown = update.isPending ? update.variables.name : name
    return (
      <button
        type="button"
        className={classes.name}
        title="Change the name"
        aria-label={`Change the name ${name}`}
        onClick={() => setText(name)}
      >
        {shown}
      </button>
    )
  }
  return (
    <input
      className={classes.name}
      aria-label="Name of the key"
      value={text}
      maxLength={255}
      autoFocus
      onFocus={({ currentTarget }) => currentTarget.select()}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onBlur={keep}
      onKeyDown={onKeyDown}
    />
  )
}
