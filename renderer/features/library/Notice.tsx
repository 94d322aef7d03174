import { Button } from '@mantine/core'
import { IconAlertTriangle, IconMovieOff, type TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { EngineError } from '../../../main/contract/index.ts'
import { clearFilters, useVisit } from './view.ts'
import classes from './Notice.module.css'

interface NoticeProps {
  icon: TablerIcon
  title: string
  children: ReactNode
  action: ReactNode
}

function Notice({ icon: Icon, title, children, action }: NoticeProps) {
  return (
    <div className={classes.notice}>
      <Icon size={28} stroke={1.5} aria-hidden />
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  )
}

/** The search or the chips let nothing through. */
export function NoHits() {
  const { search, filter } = useVisit()
  const state = { all: '', working: 'is being worked on', failed: 'needs you' }[filter]
  const about =
    search === '' ? `Nothing ${state} right now.` : `No title or filename holds “${search}”${state && ` and ${state}`}.`
  return (
    <Notice
      icon={IconMovieOff}
      title="No videos to show"
      action={
        <Button variant="default" onClick={clearFilters}>
          Clear filters
        </Button>
      }
    >
      {about}
    </Notice>
  )
}

/** The engine did not answer with videos. */
export function LoadFailed({ error, onRetry }: { error: EngineError; onRetry: () => void }) {
  return (
    <Notice
      icon={IconAlertTriangle}
      title="The library could not be read"
      action={<Button onClick={onRetry}>Retry</Button>}
    >
      {error.message} When it stays like this, start Fieldreel again.
    </Notice>
  )
}
