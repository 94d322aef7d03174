import { Button, Skeleton } from '@mantine/core'
import { IconAlertTriangle, IconSubtask, type TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { getTask } from '../../../../main/contract/index.ts'
import { useEngine } from '../../../shared/engine/queries.ts'
import { TopBar } from '../../../shared/ui/TopBar.tsx'
import { Crumbs } from '../../../shared/ui/Crumbs.tsx'
import { TASKS_PATH } from '../paths.ts'
import { OpenTask } from './OpenTask.tsx'
import classes from './TaskPage.module.css'

/** The page of one task: what it looks at, and what it sees there. */
export function TaskPage({ taskId }: { taskId: string }) {
  const { data: task, error, refetch } = useEngine('tasks', getTask, { taskId })
  if (error?.code === 'not_found') {
    return (
      <Absent icon={IconSubtask} title="Task not found">
        <p>It was removed, or the link is out of date.</p>
      </Absent>
    )
  }
  if (task) return <OpenTask task={task} />
  if (!error) return <Opening />
  return (
    <Absent icon={IconAlertTriangle} title="The task could not be loaded">
      <p>{error.message}</p>
      <Button onClick={() => void refetch()}>Try again</Button>
    </Absent>
  )
}

function Absent({ icon: Icon, title, children }: { icon: TablerIcon; title: string; children: ReactNode }) {
  return (
    <>
      <TopBar title={<Crumbs path={TASKS_PATH} name="Tasks" />} />
      <div className={classes.absent}>
        <Icon size={28} stroke={1.75} aria-hidden />
        <h1>{title}</h1>
        {children}
        <Button component={Link} href={TASKS_PATH} variant="default">
          Back to tasks
        </Button>
      </div>
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
      <div className={classes.body}>
        <div className={classes.opening} />
      </div>
    </>
  )
}
