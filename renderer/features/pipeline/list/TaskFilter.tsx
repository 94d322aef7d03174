import type { TaskStatus } from '../../../../main/contract/index.ts'
import { FilterChips } from '../../../shared/ui/FilterChips.tsx'
import classes from './TasksPage.module.css'

const OPTIONS: readonly { readonly value: TaskStatus | null; readonly name: string }[] = [
  { value: null, name: 'All' },
  { value: 'pending', name: 'Waiting' },
  { value: 'running', name: 'Running' },
  { value: 'succeeded', name: 'Done' },
  { value: 'failed', name: 'Failed' },
  { value: 'cancelled', name: 'Cancelled' },
]

interface TaskFilterProps {
  chosen: TaskStatus | null
  onChoose: (status: TaskStatus | null) => void
}

/** Narrows the list by status. */
export function TaskFilter(props: TaskFilterProps) {
  return <FilterChips label="Show" options={OPTIONS} className={classes.filter} {...props} />
}
