import type { ReactNode } from 'react'
import classes from './section.module.css'

/** What a section is about, and the one button that belongs to all of it. */
export function SectionHead({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.head}>
      <p className={classes.lead}>{children}</p>
      {action}
    </div>
  )
}
