import type { TaskStatus } from '../../../../main/contract/index.ts'
import classes from './TaskFilter.module.css'

const CHIPS: readonly { readonly status: TaskStatus | null; readonly name: string }[] = [
  { status: null, name: 'All' },
  { status: 'pending', name: 'Waiting' },
  { status: 'running', name: 'Running' },
  { status: 'succeeded', name: 'Done' },
  { status: 'failed', name: 'Failed' },
  { status: 'cancelled', name: 'Cancelled' },
]

interface TaskFilterProps {
  chosen: TaskStatus | null
  onChoose: (status: TaskStatus | null) => void
}

/** Narrows the list to how tasks stand. */
export function TaskFilter({ chosen, onChoose }: TaskFilterProps) {
  return (
    <div className={classes.chips} role="group" aria-label="Show">
      {CHIPS.map(({ status, name }) => (
        <button
          key={name}
          type="button"
          className={classes.chip}
          aria-pressed={status === chosen}
          onClick={() => onChoose(status)}
        >
          {name}
        </button>
      ))}
    </div>
  )
}
