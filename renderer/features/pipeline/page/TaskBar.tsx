import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconAdjustments, IconDots, IconMovie, IconPlayerStop, IconRefresh, IconTrash } from '@tabler/icons-react'
import clsx from 'clsx'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Task } from '../../../../main/contract/index.ts'
import { videoPath } from '../../../shared/navigation/paths.ts'
import { clock } from '../../../shared/format/time.ts'
import { TopBar } from '../../../shared/ui/TopBar.tsx'
import { Crumbs } from '../../../shared/ui/Crumbs.tsx'
import { PaneToggle } from '../../../shared/pane/PaneToggle.tsx'
import quiet from '../../../shared/ui/control-tone.module.css'
import type { Pane } from '../../../shared/pane/usePane.ts'
import { cancel, runAgain } from '../actions.ts'
import { composeLike } from '../composer/draft.ts'
import { ExportMenu } from '../exporting/ExportMenu.tsx'
import { TASKS_PATH } from '../paths.ts'
import { RemoveDialog } from '../RemoveDialog.tsx'
import { StatusBadge } from '../StatusBadge.tsx'
import { inputOf, isOver, rangeText, samplingText } from '../task-text.ts'
import classes from './TaskBar.module.css'

/** What the task is, and what can be done with it. */
export function TaskBar({ task, pane }: { task: Task; pane: Pane }) {
  return (
    <TopBar
      title={
        <Crumbs path={TASKS_PATH} name="Tasks">
          <h1 title={task.title}>{task.title}</h1>
          <StatusBadge task={task} />
        </Crumbs>
      }
      facts={<span className={classes.facts}>{factsOf(task)}</span>}
    >
      <ExportMenu task={task} />
      {isOver(task) ? (
        <Button
          variant="default"
          className={classes.main}
          leftSection={<IconRefresh size={16} stroke={1.75} />}
          onClick={() => void runAgain(task)}
        >
          Run again
        </Button>
      ) : (
        <Button
          variant="default"
          className={classes.main}
          disabled={task.status === 'cancelling'}
          leftSection={<IconPlayerStop size={16} stroke={1.75} />}
          onClick={() => void cancel(task)}
        >
          Cancel task
        </Button>
      )}
      <More task={task} />
      <PaneToggle pane={pane} />
    </TopBar>
  )
}

function factsOf({ request, video }: Task): string {
  const input = inputOf(request)
  if (!input) return ''
  const length = video && `${clock(video.durationSeconds)} of video`
  const range = rangeText(input)
  return [length, `sampled at ${samplingText(input)}`.replace('sampled at every', 'sampled every'), range]
    .filter(Boolean)
    .join(', ')
}

function More({ task }: { task: Task }) {
  const [, navigate] = useLocation()
  const [removing, setRemoving] = useState(false)
  const { mediaId } = task
  return (
    <>
      <Menu position="bottom-end" width={210}>
        <Menu.Target>
          <ActionIcon aria-label="More actions" className={clsx(quiet.quiet)}>
            <IconDots size={16} stroke={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconAdjustments size={16} stroke={1.75} />}
            onClick={() => composeLike(task.request)}
          >
            Run again with changes…
          </Menu.Item>
          {mediaId !== null && (
            <Menu.Item leftSection={<IconMovie size={16} stroke={1.75} />} onClick={() => navigate(videoPath(mediaId))}>
              Open video
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item
            color="var(--fr-error)"
            leftSection={<IconTrash size={16} stroke={1.75} />}
            disabled={!isOver(task)}
            onClick={() => setRemoving(true)}
          >
            Remove task…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {removing && (
        <RemoveDialog task={task} onClose={() => setRemoving(false)} onRemoved={() => navigate(TASKS_PATH)} />
      )}
    </>
  )
}
