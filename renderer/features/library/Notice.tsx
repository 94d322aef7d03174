import { Button } from '@mantine/core'
import { IconAlertTriangle, IconMovieOff } from '@tabler/icons-react'
import type { EngineError } from '../../../main/contract/index.ts'
import { Notice } from '../../shared/ui/Notice.tsx'
import { clearFilters, useVisit } from './view.ts'

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
