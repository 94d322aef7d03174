import { IconAlertTriangle } from '@tabler/icons-react'
import classes from './Section.module.css'

/** Why what was asked for was not done; nothing while there is no error. */
export function Failure({ error }: { error: Error | null }) {
  if (!error) return null
  return (
    <p className={classes.problem} role="alert">
      <IconAlertTriangle size={16} stroke={1.75} aria-hidden /> {error.message}
    </p>
  )
}
