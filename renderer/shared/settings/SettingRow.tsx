import type { ReactNode } from 'react'
import classes from './SettingRow.module.css'

interface SettingRowProps {
  name: ReactNode
  /** What it means, in a sentence. */
  hint?: ReactNode
  /** The id of the control that `name` labels. */
  controlId?: string
  children: ReactNode
}

/** One setting or fact: its name and meaning on the left, its control or value on the right. */
export function SettingRow({ name, hint, controlId, children }: SettingRowProps) {
  return (
    <div className={classes.row}>
      <div className={classes.about}>
        {controlId ? (
          <label className={classes.name} htmlFor={controlId}>
            {name}
          </label>
        ) : (
          <div className={classes.name}>{name}</div>
        )}
        {hint !== undefined && <div className={classes.hint}>{hint}</div>}
      </div>
      <div className={classes.control}>{children}</div>
    </div>
  )
}
