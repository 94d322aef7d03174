import type { TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { type Lesson, Lessons } from './Lessons.tsx'
import classes from './EmptyPlace.module.css'

interface EmptyPlaceProps {
  icon: TablerIcon
  title: string
  /** What belongs here, and what happens then. */
  text: string
  /** The one thing to do first. */
  action: ReactNode
  /** The key that does the same. */
  keyName: string
  lessons?: readonly Lesson[]
  /** Below, in small print. */
  children?: ReactNode
}

/** What belongs here, one primary action with its key, and one sentence on what happens next. */
export function EmptyPlace({ icon: Icon, title, text, action, keyName, lessons, children }: EmptyPlaceProps) {
  return (
    <div className={classes.empty}>
      <Icon size={28} stroke={1.5} aria-hidden />
      <h2>{title}</h2>
      <p>{text}</p>
      {action}
      <span className={classes.key}>
        or press <kbd>{keyName}</kbd>
      </span>
      {children !== undefined && <span className={classes.key}>{children}</span>}
      {lessons && (
        <div className={classes.lessons}>
          <Lessons lessons={lessons} />
        </div>
      )}
    </div>
  )
}
