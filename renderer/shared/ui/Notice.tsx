import type { TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './Notice.module.css'

interface NoticeProps {
  icon: TablerIcon
  title: string
  /** What it means, and what is safe. */
  children: ReactNode
  /** The way on. */
  action: ReactNode
}

/** Said in the middle of a place that has nothing else to show. */
export function Notice({ icon: Icon, title, children, action }: NoticeProps) {
  return (
    <div className={classes.notice}>
      <Icon size={28} stroke={1.5} aria-hidden />
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  )
}
