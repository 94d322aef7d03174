import { UnstyledButton } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { updateVideo, type Video } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { toastError } from '../../shared/ui/toast.tsx'
import classes from './TitleField.module.css'

/** The title, edited where it stands: Enter or leaving keeps it, Escape does not. */
export function TitleField({ video: { videoId, title } }: { video: Video }) {
  const [draft, setDraft] = useState<string | null>(null)
  const update = useAct(updateVideo, 'videos')
  const keep = (): void => {
    const next = draft?.trim() ?? ''
    setDraft(null)
    if (next === '' || next === title) return
    update.mutate({ videoId, title: next }, { onError: ({ message }) => toastError(message) })
  }
  // Until the library tells the new title it is shown as it was typed.
  const shown = update.isPending && update.variables.title !== undefined ? update.variables.title : title
  if (draft === null)
    return (
      <h1 className={classes.title}>
        <UnstyledButton className={classes.name} title="Rename" onClick={() => setDraft(title)}>
          {shown}
        </UnstyledButton>
      </h1>
    )
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'Enter') keep()
    if (key === 'Escape') setDraft(null)
  }
  return (
    <input
      className={classes.field}
      aria-label="Title"
      value={draft}
      maxLength={255}
      size={Math.min(48, Math.max(12, draft.length + 1))}
      autoFocus
      onFocus={({ currentTarget }) => currentTarget.select()}
      onChange={({ currentTarget }) => setDraft(currentTarget.value)}
      onBlur={keep}
      onKeyDown={onKeyDown}
    />
  )
}
