import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './section.module.css'

interface ErrorNoteProps {
  /** Nothing is shown while there is none. */
  message: string | null | undefined
  /** What can be done about it. */
  children?: ReactNode
}

/** What went wrong in a section, below the control it belongs to. */
export function ErrorNote({ message, children }: ErrorNoteProps) {
  if (!message) return null
  return (
    <div className={classes.error} role="alert">
      <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
      <span>{message}</span>
      {children}
    </div>
  )
}
