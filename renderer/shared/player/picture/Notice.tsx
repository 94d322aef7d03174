import { IconAlertTriangle, IconDeviceTv } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Progress } from '../../ui/Progress.tsx'
import classes from './Notice.module.css'

interface NoticeProps {
  tone: 'work' | 'error'
  title: string
  text?: string | undefined
  /** 0..100 of the work that goes on. */
  percent?: number | undefined
  /** What can be done about it. */
  children?: ReactNode
}

/** Stands where the picture cannot. */
export function Notice({ tone, title, text, percent, children }: NoticeProps) {
  const Icon = tone === 'error' ? IconAlertTriangle : IconDeviceTv
  return (
    <div className={classes.place}>
      <div className={classes.notice} data-tone={tone} role={tone === 'error' ? 'alert' : 'status'}>
        <Icon size={18} stroke={1.75} aria-hidden />
        <div className={classes.words}>
          <strong>{title}</strong>
          {text && <p>{text}</p>}
          {percent !== undefined && <Progress percent={percent} name={title} />}
          {children && <div className={classes.actions}>{children}</div>}
        </div>
      </div>
    </div>
  )
}
