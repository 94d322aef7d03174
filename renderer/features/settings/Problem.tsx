import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import classes from './Section.module.css'

interface ProblemProps {
  what: string
  error: Error
  onRetry: () => void
}

/** A section whose facts did not come. */
export function Problem({ what, error, onRetry }: ProblemProps) {
  return (
    <div className={classes.problem} role="alert">
      <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
      {what} could not be loaded: {error.message}
      <Button variant="default" h={26} onClick={onRetry}>
        Try again
      </Button>
    </div>
  )
}
