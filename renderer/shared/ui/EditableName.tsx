import { type KeyboardEvent, useState } from 'react'

interface EditableNameProps {
  name: string
  /** What a click does, as the hint says it: "Change the title". */
  hint: string
  /** What the field holds, for those who hear the page. */
  label: string
  className: string | undefined
  /** Gets a new name, never an empty one nor the old one. */
  onRename: (name: string) => void
}

/** A name; a click makes it a field. Enter or leaving it keeps the change, Esc does not. */
export function EditableName({ name, hint, label, className, onRename }: EditableNameProps) {
  const [text, setText] = useState<string | null>(null)
  const keep = (): void => {
    const changed = text?.trim() ?? ''
    setText(null)
    if (changed !== '' && changed !== name) onRename(changed)
  }
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'Enter') keep()
    if (key === 'Escape') setText(null)
  }
  if (text === null) {
    return (
      <button type="button" className={className} title={hint} onClick={() => setText(name)}>
        {name}
      </button>
    )
  }
  return (
    <input
      className={className}
      aria-label={label}
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
