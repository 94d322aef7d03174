import type { TablerIcon } from '@tabler/icons-react'
import classes from './Lessons.module.css'

export interface Lesson {
  readonly icon: TablerIcon
  readonly name: string
  readonly text: string
}

/** What an empty place teaches, side by side. */
export function Lessons({ lessons }: { lessons: readonly Lesson[] }) {
  return (
    <ul className={classes.lessons}>
      {lessons.map(({ icon: Icon, name, text }) => (
        <li key={name}>
          <h3>
            <Icon size={16} stroke={1.75} aria-hidden />
            {name}
          </h3>
          <p>{text}</p>
        </li>
      ))}
    </ul>
  )
}
