import { Button, Progress } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconMovie } from '@tabler/icons-react'
import { annotateTask, type EngineError, type Task } from '../../../../main/contract/index.ts'
import { bridge } from '../../../shared/engine/bridge.ts'
import { engine } from '../../../shared/engine/client.ts'
import { timeLeft } from '../../../shared/format/time.ts'
import { toastError } from '../../../shared/ui/toast.tsx'
import { mediaPath } from '../../../../main/contract/media-urls.ts'
import classes from './annotated.module.css'

interface Making {
  readonly title: string
  readonly percent: number
  readonly secondsLeft: number | null
}

/** Tasks whose films are being made, wherever in the window the person is by now. */
const underWay = new Set<string>()

/** Makes the film of what a task saw, unless it is there, and hands it to the person. */
export function saveAnnotated({ taskId, title }: Pick<Task, 'taskId' | 'title'>): void {
  if (underWay.has(taskId)) return
  underWay.add(taskId)
  const id = `annotated ${taskId}`
  const over = (): void => {
    underWay.delete(taskId)
    notifications.hide(id)
  }
  const noticeOf = (making: Making) => ({
    ...{ id, color: 'transparent', autoClose: false as const, withCloseButton: false },
    icon: <IconMovie size={18} stroke={1.75} color="var(--fr-accent)" />,
    message: (
      <Notice
        making={making}
        onCancel={() => {
          stop()
          over()
        }}
      />
    ),
  })
  notifications.show(noticeOf({ title, percent: 0, secondsLeft: null }))
  const stop = engine.follow(
    annotateTask,
    { taskId },
    ({ fraction, secondsLeft }) =>
      notifications.update(noticeOf({ title, percent: Math.round(fraction * 100), secondsLeft })),
    (error) => {
      over()
      finish(taskId, error)
    },
  )
}

function finish(taskId: string, error: EngineError | null): void {
  if (error) toastError(`The annotated video was not made. ${error.message}`)
  else void bridge.saveMedia(mediaPath.annotated(taskId))
}

function Notice({ making: { title, percent, secondsLeft }, onCancel }: { making: Making; onCancel: () => void }) {
  return (
    <div className={classes.notice} role="group" aria-label="Annotated video">
      <span className={classes.name}>Making the annotated video of “{title}”</span>
      <Progress value={percent} size={4} aria-label="Annotated video" />
      <span className={classes.foot}>
        <span className={classes.state}>{[`${percent}%`, timeLeft(secondsLeft)].filter(Boolean).join(', ')}</span>
        <Button variant="subtle" h={26} onClick={onCancel}>
          Cancel
        </Button>
      </span>
    </div>
  )
}
