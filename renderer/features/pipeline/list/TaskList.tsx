import { type FocusEvent, type KeyboardEvent, useRef, useState } from 'react'
import type { Task } from '../../../../main/contract/index.ts'
import { cancel, openTask } from '../actions.ts'
import { isOver } from '../task-text.ts'
import { RemoveDialog } from '../RemoveDialog.tsx'
import { TaskRow } from './TaskRow.tsx'
import classes from './TaskList.module.css'

const ROW = 'data-task'

/** A page of tasks. Arrows go from row to row, Enter opens, Delete cancels or removes; only one row is a stop of Tab. */
export function TaskList({ tasks, stale }: { tasks: readonly Task[]; stale: boolean }) {
  const [active, setActive] = useState<string | null>(null)
  const [removing, setRemoving] = useState<Task | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const rowAt = (index: number): HTMLElement | null => {
    const id = tasks[Math.max(0, Math.min(tasks.length - 1, index))]?.taskId
    return list.current?.querySelector(`[${ROW}="${id}"]`) ?? null
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    // The buttons of a row have their keys to themselves.
    const id = (event.target as HTMLElement).getAttribute(ROW)
    const index = tasks.findIndex(({ taskId }) => taskId === id)
    const task = tasks[index]
    if (!task) return
    const goal = MOVES[event.key]?.(index, tasks.length)
    if (goal !== undefined) rowAt(goal)?.focus()
    else if (event.key === 'Enter') openTask(task)
    else if (event.key === 'Delete' && isOver(task)) setRemoving(task)
    else if (event.key === 'Delete') void cancel(task)
    else return
    event.preventDefault()
  }
  const onFocus = ({ target }: FocusEvent): void => {
    const id = target.closest(`[${ROW}]`)?.getAttribute(ROW)
    if (id) setActive(id)
  }
  const stop = tasks.some(({ taskId }) => taskId === active) ? active : tasks[0]?.taskId
  return (
    <div className={classes.scroller} data-stale={stale || undefined}>
      <ul ref={list} className={classes.list} aria-label="Tasks" onKeyDown={onKeyDown} onFocus={onFocus}>
        {tasks.map((task) => (
          <li key={task.taskId}>
            <TaskRow
              task={task}
              row={{ [ROW]: task.taskId, tabIndex: task.taskId === stop ? 0 : -1 }}
              onRemove={() => setRemoving(task)}
            />
          </li>
        ))}
      </ul>
      {removing && <RemoveDialog task={removing} onClose={() => setRemoving(null)} />}
    </div>
  )
}

const MOVES: Readonly<Record<string, (index: number, length: number) => number>> = {
  ArrowUp: (index) => index - 1,
  ArrowDown: (index) => index + 1,
  PageUp: (index) => index - 8,
  PageDown: (index) => index + 8,
  Home: () => 0,
  End: (_, length) => length - 1,
}
