import { Skeleton } from '@mantine/core'
import classes from './TaskList.module.css'

const ROWS = 6

/** The list's own shape while it is asked for. */
export function LoadingTasks() {
  return (
    <div className={classes.list} role="status" aria-label="Loading the tasks">
      {Array.from({ length: ROWS }, (_, row) => (
        <div key={row} className={classes.row}>
          <Skeleton w={80} h={45} radius={4} />
          <Skeleton w="60%" h={14} />
          <Skeleton w="70%" h={14} />
          <Skeleton w={60} h={14} ml="auto" />
        </div>
      ))}
    </div>
  )
}
