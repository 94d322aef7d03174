import { useState, type KeyboardEvent } from 'react'
import { updateVideo, type Video } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { toastError } from '../../shared/ui/toast.tsx'
import classes from './EditableTitle.module.css'

/** The title; a click makes it a field. Enter or leaving it keeps the change, Esc does not. */
export function EditableTitle({ video }: { video: Video }) {
  const [text, setText] = useState<string | null>(null)
  const update = useAct(updateVideo, 'videos')
  const keep = (): void => {
    const title = text?.trim() ?? ''
    setText(null)
    if (title === '' || title === video.title) return
    update.mutate(
      { videoId: video.videoId, title },
      { onError: ({ message }) => toastError(`The title was not changed. ${message}`) },
    )
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') keep()
    if (event.key === 'Escape') setText(null)
  }
  if (text === null) {
    const shown = update.isPending ? update.variables.title : video.title
    return (
      <button type="button" className={classes.title} title="Change the title" onClick={() => setText(video.title)}>
        {shown}
      </button>
    )
  }
  return (
    <input
      className={classes.title}
      aria-label="Title"
      value={text}
      maxLength={255}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={onKeyDown}
    />
  )
}
