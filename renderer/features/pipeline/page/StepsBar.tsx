import { IconAlertTriangle, IconChevronRight } from '@tabler/icons-react'
import { Fragment } from 'react'
import type { Task, TaskStep } from '../../../../main/contract/index.ts'
import { Progress } from '../../../shared/ui/Progress.tsx'
import { StepIcon } from '../StepIcon.tsx'
import { isOver, modelName, outcomeText, progressOf, stepText } from '../task-text.ts'
import classes from './StepsBar.module.css'

/** What is done with each frame, in order, and how far it is. */
export function StepsBar({ task }: { task: Task }) {
  return (
    <div className={classes.bar}>
      <ol className={classes.steps} aria-label="Steps">
        {task.request.steps.map((step, at) => (
          <Fragment key={at}>
            {at > 0 && <IconChevronRight size={14} stroke={1.75} aria-hidden />}
            <Step step={step} />
          </Fragment>
        ))}
      </ol>
      <TaskProgress task={task} />
    </div>
  )
}

function Step({ step }: { step: TaskStep }) {
  const about = stepText(step)
  return (
    <li className={classes.step} title={about}>
      <StepIcon model={step.model} />
      <b>{modelName(step.model)}</b>
      {about && <span>{about}</span>}
    </li>
  )
}

/** Progress as a number, rate and time left; an ended task shows its outcome. */
function TaskProgress({ task }: { task: Task }) {
  if (task.status === 'failed') {
    return (
      <p className={classes.failed} role="alert">
        <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
        <span>
          {task.errorMessage ?? 'The task failed.'}
          {task.processedFrames > 0 && ' Results so far are kept.'}
        </span>
      </p>
    )
  }
  if (isOver(task)) {
    const early = task.finishReason === 'max_frames' ? ', the requested maximum' : ''
    return (
      <p className={classes.outcome}>
        {outcomeText(task)}
        {early}
      </p>
    )
  }
  const { share, done, rate } = progressOf(task)
  return (
    <div className={classes.progress}>
      <div>
        <span>{task.status === 'pending' ? 'Waiting in the queue' : done}</span>
        <span>{rate}</span>
      </div>
      <Progress percent={(share ?? 0) * 100} name="Progress" />
    </div>
  )
}
