import { VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './SettingTable.module.css'

interface SettingTableProps {
  label?: string
  columns: readonly string[]
  /** Name of a last column of buttons, for screen readers. */
  actions?: string
  /** Its rows. */
  children: ReactNode
}

/** A table of a section. */
export function SettingTable({ label, columns, actions, children }: SettingTableProps) {
  return (
    <div className={classes.scroller}>
      <table className={classes.table} aria-label={label} data-actions={actions !== undefined || undefined}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
            {actions !== undefined && (
              <th scope="col">
                <VisuallyHidden>{actions}</VisuallyHidden>
              </th>
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
