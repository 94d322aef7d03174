import { IconAdjustments, IconPlayerStop, IconRefresh, IconTrash } from '@tabler/icons-react'
import type { HTMLAttributes } from 'react'
import { Link } from 'wouter'
import { getVideo, type Task } from '../../../../main/contract/index.ts'
import { mediaUrl } from '../../../shared/engine/bridge.ts'
import { useEngine } from '../../../shared/engine/queries.ts'
import { dateTime } from '../../../shared/format/time.ts'
import { IconButton } from '../../../shared/ui/IconButton.tsx'
import { Progress } from '../../../shared/ui/Progress.tsx'
import { Thumb } from '../../../shared/ui/Thumb.tsx'
import { cancel, openTask, runAgain } from '../actions.ts'
import { composeLike } from '../composer/draft.ts'
import { taskPictureUrl } from '../media.ts'
import { taskPath } from '../paths.ts'
import { StatusBadge } from '../StatusBadge.tsx'
import { inputOf, isOver, outcomeText, progressOf, rangeText, samplingText, stepsText } from '../task-text.ts'
import classes from './TaskList.module.css'

interface TaskRowProps {
  task: Task
  /** Attributes of the row's element. */
  row: HTMLAttributes<HTMLElement> & Readonly<Record<`data-${string}`, string>>
  onRemove: () => void
}

/** One task: its picture, what is asked, where it stands, what can be done. */
export function TaskRow({ task, row, onRemove }: TaskRowProps) {
  const statusId = `${task.taskId}-status`
  return (
    <article
      className={classes.row}
      aria-label={task.title}
      aria-describedby={statusId}
      aria-keyshortcuts="Enter Delete"
      onDoubleClick={() => openTask(task)}
      {...row}
    >
      <Thumb url={usePicture(task)} />
      <div className={classes.what}>
        <Link href={taskPath(task.taskId)} className={classes.title} title={task.title} tabIndex={-1}>
          {task.title}
        </Link>
        <div className={classes.facts}>{factsOf(task)}</div>
      </div>
      <Status task={task} id={statusId} />
      <Buttons task={task} onRemove={onRemove} />
    </article>
  )
}

function factsOf({ request, createdAt }: Task): string {
  const input = inputOf(request)
  return [stepsText(request), input && samplingText(input), input && rangeText(input), dateTime(createdAt)]
    .filter(Boolean)
    .join(', ')
}

/** The poster of the library's video, or the first frame of one from elsewhere. */
function usePicture({ taskId, mediaId, video }: Task): string | undefined {
  const { data } = useEngine('videos', getVideo, { videoId: mediaId ?? '' }, { enabled: mediaId !== null })
  return mediaUrl(data?.thumbnailUrl) ?? (mediaId === null && video ? taskPictureUrl(taskId, 0) : undefined)
}

function Status({ task, id }: { task: Task; id: string }) {
  const { status } = task
  const { share, done, rate } = progressOf(task)
  const runs = status === 'running' || status === 'cancelling'
  return (
    <div className={classes.status} id={id}>
      <div className={classes.line}>
        <StatusBadge task={task} />
        {status === 'failed' && <span className={classes.error}>{task.errorMessage}</span>}
        {runs && <span className={classes.words}>{done}</span>}
        {isOver(task) && status !== 'failed' && <span className={classes.words}>{outcomeText(task)}</span>}
        {runs && <span className={classes.rate}>{rate}</span>}
      </div>
      {runs && <Progress percent={(share ?? 0) * 100} name={`Progress of ${task.title}`} />}
    </div>
  )
}

function Buttons({ task, onRemove }: { task: Task; onRemove: () => void }) {
  const buttons = isOver(task)
    ? [
        { icon: IconRefresh, name: 'Run again', onClick: () => void runAgain(task) },
        { icon: IconAdjustments, name: 'Run again with changes', onClick: () => composeLike(task.request) },
        { icon: IconTrash, name: 'Remove', onClick: onRemove },
      ]
    : [{ icon: IconPlayerStop, name: 'Cancel', onClick: () => void cancel(task) }]
  return (
    <div className={classes.buttons}>
      {buttons.map((one) => (
        <IconButton
          key={one.name}
          {...one}
          label={`${one.name}: ${task.title}`}
          disabled={task.status === 'cancelling'}
        />
      ))}
    </div>
  )
}
