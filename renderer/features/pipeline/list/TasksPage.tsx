import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconPlus, IconSubtask } from '@tabler/icons-react'
import { useState } from 'react'
import { listTasks, type TaskStatus } from '../../../../main/contract/index.ts'
import { useEngine } from '../../../shared/engine/queries.ts'
import { LoadError } from '../../../shared/ui/LoadError.tsx'
import { Notice } from '../../../shared/ui/Notice.tsx'
import { TopBar } from '../../../shared/ui/TopBar.tsx'
import { composeFor } from '../composer/draft.ts'
import { EmptyTasks } from './EmptyTasks.tsx'
import { TaskFilter } from './TaskFilter.tsx'
import { TaskList } from './TaskList.tsx'
import { LoadingTasks } from './LoadingTasks.tsx'
import page from '../../../shared/ui/page.module.css'
import classes from './TasksPage.module.css'

/** Tasks of one page. */
const PAGE = 50

/** All tasks, the newest first. */
export function TasksPage() {
  const [status, setStatus] = useState<TaskStatus | null>(null)
  /** Where each page that was gone through begins; the last one is shown. */
  const [cursors, setCursors] = useState<readonly string[]>([])
  const cursor = cursors.at(-1)
  const input = { limit: PAGE, ...(status !== null && { status }), ...(cursor !== undefined && { cursor }) }
  const { data, error, isPlaceholderData, refetch } = useEngine('tasks', listTasks, input, { keepPrevious: true })
  useHotkeys([['N', () => composeFor()]])
  const choose = (chosen: TaskStatus | null): void => {
    setStatus(chosen)
    setCursors([])
  }
  const empty = data?.tasks.length === 0 && status === null && cursor === undefined && !isPlaceholderData
  return (
    <>
      <TopBar title={<h1>Tasks</h1>} facts={<span className={page.wide}>Video analysis, frame by frame</span>}>
        <Button
          variant={empty ? 'default' : 'filled'}
          leftSection={<IconPlus size={16} stroke={1.75} />}
          title="New task (N)"
          onClick={() => composeFor()}
        >
          New task
        </Button>
      </TopBar>
      {empty ? (
        <EmptyTasks />
      ) : (
        <div className={page.page}>
          <TaskFilter chosen={status} onChoose={choose} />
          {!data && !error && <LoadingTasks />}
          {error && !data && (
            <LoadError title="The tasks could not be loaded" error={error} onRetry={refetch}>
              Running tasks continue.
            </LoadError>
          )}
          {data && data.tasks.length > 0 && <TaskList tasks={data.tasks} stale={isPlaceholderData} />}
          {data?.tasks.length === 0 && (
            <Notice
              icon={IconSubtask}
              title="No tasks to show"
              action={
                <Button variant="default" onClick={() => choose(null)}>
                  Show all
                </Button>
              }
            >
              {status === null ? 'There are no more tasks.' : 'No task has this status.'}
            </Notice>
          )}
          {data && <Pages cursors={cursors} next={isPlaceholderData ? null : data.nextCursor} onGo={setCursors} />}
        </div>
      )}
    </>
  )
}

interface PagesProps {
  cursors: readonly string[]
  /** Where the next page begins; null where there is none. */
  next: string | null
  onGo: (cursors: readonly string[]) => void
}

/** The ways to older tasks and back; nothing while one page holds all. */
function Pages({ cursors, next, onGo }: PagesProps) {
  if (cursors.length === 0 && next === null) return null
  return (
    <nav className={classes.pages} aria-label="Pages">
      <Button variant="default" disabled={cursors.length === 0} onClick={() => onGo(cursors.slice(0, -1))}>
        Newer
      </Button>
      <span>Page {cursors.length + 1}</span>
      <Button variant="default" disabled={next === null} onClick={() => next !== null && onGo([...cursors, next])}>
        Older
      </Button>
    </nav>
  )
}
