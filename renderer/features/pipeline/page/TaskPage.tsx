import { Button, Skeleton } from '@mantine/core'
import { IconSubtask } from '@tabler/icons-react'
import { Link } from 'wouter'
import { getTask } from '../../../../main/contract/index.ts'
import { useEngine } from '../../../shared/engine/queries.ts'
import { LoadError } from '../../../shared/ui/LoadError.tsx'
import { Notice } from '../../../shared/ui/Notice.tsx'
import { TopBar } from '../../../shared/ui/TopBar.tsx'
import { Crumbs } from '../../../shared/ui/Crumbs.tsx'
import { TASKS_PATH } from '../paths.ts'
import { OpenTask } from './OpenTask.tsx'
import page from '../../../shared/ui/page.module.css'
import classes from './TaskPage.module.css'

/** The page of one task. */
export function TaskPage({ taskId }: { taskId: string }) {
  const { data: task, error, refetch } = useEngine('tasks', getTask, { taskId })
  if (task && error?.code !== 'not_found') return <OpenTask task={task} />
  if (!error) return <Opening />
  return (
    <>
      <TopBar title={<Crumbs path={TASKS_PATH} name="Tasks" />} />
      {error.code === 'not_found' ? (
        <Notice
          icon={IconSubtask}
          title="Task not found"
          action={
            <Button component={Link} href={TASKS_PATH} variant="default">
              Back to tasks
            </Button>
          }
        >
          It was removed, or the link is out of date.
        </Notice>
      ) : (
        <LoadError title="The task could not be loaded" error={error} onRetry={refetch} />
      )}
    </>
  )
}

/** The page as it will be, before it is known what stands on it. */
function Opening() {
  return (
    <>
      <TopBar
        title={
          <Crumbs path={TASKS_PATH} name="Tasks">
            <Skeleton width={160} height={14} />
          </Crumbs>
        }
      />
      <div className={classes.strip} role="status" aria-label="Opening the task">
        <Skeleton width={180} height={30} />
        <Skeleton width={140} height={30} />
      </div>
      <div className={page.body}>
        <div className={page.well} />
      </div>
    </>
  )
}
