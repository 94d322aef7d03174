import {
  IconActivity,
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleOff,
  IconClock,
  IconPlayerStop,
  type TablerIcon,
} from '@tabler/icons-react'
import type { Task, TaskStatus } from '../../../main/contract/index.ts'
import { STATUS } from './task-text.ts'
import classes from './StatusBadge.module.css'

const ICONS: Readonly<Record<TaskStatus, TablerIcon>> = {
  pending: IconClock,
  running: IconActivity,
  cancelling: IconPlayerStop,
  succeeded: IconCircleCheck,
  failed: IconAlertTriangle,
  cancelled: IconCircleOff,
}

/** Where a task stands, as a word with its icon. */
export function StatusBadge({ task: { status } }: { task: Task }) {
  const { word, tone } = STATUS[status]
  const Icon = ICONS[status]
  return (
    <span className={classes.badge} data-tone={tone}>
      <Icon size={14} stroke={1.75} aria-hidden />
      {word}
    </span>
  )
}
