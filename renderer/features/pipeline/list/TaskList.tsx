import { type KeyboardEvent, useRef, useState } from 'react'
import type { Task } from '../../../../main/contract/index.ts'
import { ROW_ATTRIBUTE, useRovingRows } from '../../../shared/list/useRovingRows.ts'
import { cancel, openTask } from '../actions.ts'
import { isOver } from '../task-text.ts'
import { RemoveDialog } from '../RemoveDialog.tsx'
import { TaskRow } from './TaskRow.tsx'
import classes from './TaskList.module.css'

const idOf = ({ taskId }: Task): string => taskId

/** A page of tasks. Arrow keys go from row to row, Enter opens, Delete cancels or removes. */
export function TaskList({ tasks, stale }: { tasks: readonly Task[]; stale: boolean }) {
  const [removing, setRemoving] = useState<Task | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const onKey = ({ key }: KeyboardEvent, task: Task): boolean => {
    if (key === 'Enter') openTask(task)
    else if (key === 'Delete' && isOver(task)) setRemoving(task)
    else if (key === 'Delete') void cancel(task)
    else return false
    return true
  }
  const { tabStop, listeners } = useRovingRows({ list, items: tasks, idOf, onKey })
  return (
    <div className={classes.scroller} data-stale={stale || undefined}>
      <ul ref={list} className={classes.list} aria-label="Tasks" {...listeners}>
        {tasks.map((task) => (
          <li key={task.taskId}>
            <TaskRow
              task={task}
              row={{ [ROW_ATTRIBUTE]: task.taskId, tabIndex: task.taskId === tabStop ? 0 : -1 }}
              onRemove={() => setRemoving(task)}
            />
          </li>
        ))}
      </ul>
      {removing && <RemoveDialog task={removing} onClose={() => setRemoving(null)} />}
    </div>
  )
}
