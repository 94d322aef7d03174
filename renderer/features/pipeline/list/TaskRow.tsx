import { ActionIcon, Tooltip } from '@mantine/core'
import {
  IconAdjustments,
  IconMovie,
  IconPlayerStop,
  IconRefresh,
  IconTrash,
  type TablerIcon,
} from '@tabler/icons-react'
import { type HTMLAttributes, useState } from 'react'
import { Link } from 'wouter'
import { getVideo, type Task } from '../../../../main/contract/index.ts'
import { mediaUrl } from '../../../shared/engine/bridge.ts'
import { useEngine } from '../../../shared/engine/queries.ts'
import { dateTime } from '../../../shared/format/time.ts'
import { Progress } from '../../../shared/ui/Progress.tsx'
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
      <Picture task={task} />
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
function Picture({ task: { taskId, mediaId, video } }: { task: Task }) {
  const [gone, setGone] = useState(false)
  const { data } = useEngine('videos', getVideo, { videoId: mediaId ?? '' }, { enabled: mediaId !== null })
  const source = mediaUrl(data?.thumbnailUrl) ?? (mediaId === null && video ? taskPictureUrl(taskId, 0) : undefined)
  return (
    <div className={classes.picture}>
      {source && !gone ? (
        <img src={source} alt="" draggable={false} onError={() => setGone(true)} />
      ) : (
        <IconMovie size={18} stroke={1.75} aria-hidden />
      )}
    </div>
  )
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
  const { title, status } = task
  if (!isOver(task)) {
    return (
      <div className={classes.buttons}>
        <Act
          icon={IconPlayerStop}
          name="Cancel"
          about={title}
          off={status === 'cancelling'}
          onClick={() => void cancel(task)}
        />
      </div>
    )
  }
  return (
    <div className={classes.buttons}>
      <Act icon={IconRefresh} name="Run again" about={title} onClick={() => void runAgain(task)} />
      <Act
        icon={IconAdjustments}
        name="Run again with changes"
        about={title}
        onClick={() => composeLike(task.request)}
      />
      <Act icon={IconTrash} name="Remove" about={title} onClick={onRemove} />
    </div>
  )
}

interface ActProps {
  icon: TablerIcon
  name: string
  about: string
  off?: boolean
  onClick: () => void
}

function Act({ icon: Icon, name, about, off = false, onClick }: ActProps) {
  return (
    <Tooltip label={name}>
      <ActionIcon size={26} aria-label={`${name}: ${about}`} disabled={off} onClick={onClick}>
        <Icon size={16} stroke={1.75} />
      </ActionIcon>
    </Tooltip>
  )
}
