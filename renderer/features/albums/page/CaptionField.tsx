import { type KeyboardEvent, useRef } from 'react'
import { OWN_CLICKS } from '../../../shared/grid/own-clicks.ts'
import classes from './ItemCard.module.css'

interface CaptionFieldProps {
  caption: string | null
  /** What stands alone when nothing is written. */
  title: string
  /** Gets the caption, or null when it is unchanged. */
  onLeave: (text: string | null) => void
}

/** The caption of an item, being written. Enter or leaving keeps it, Shift Enter breaks the line, Esc takes it back. */
export function CaptionField({ caption, title, onLeave }: CaptionFieldProps) {
  // Leaving by a key takes the field away, which leaves it once more.
  const left = useRef(false)
  const leave = (text: string | null): void => {
    if (left.current) return
    left.current = true
    onLeave(text)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    event.stopPropagation()
    if (event.key === 'Escape') leave(null)
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    leave(event.currentTarget.value)
  }
  return (
    <textarea
      className={classes.field}
      aria-label={`Caption of ${title}`}
      placeholder={title}
      defaultValue={caption ?? ''}
      maxLength={2000}
      autoFocus
      onFocus={({ currentTarget }) => currentTarget.select()}
      onBlur={({ currentTarget }) => leave(currentTarget.value)}
      onKeyDown={onKeyDown}
      {...{ [OWN_CLICKS]: '' }}
    />
  )
}
