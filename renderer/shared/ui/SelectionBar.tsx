import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { type TablerIcon, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './SelectionBar.module.css'

interface SelectionBarProps {
  /** What is selected, for those who hear the page: `Selected videos`. */
  label: string
  /** `3 selected` */
  amount: string
  /** How long it is together. */
  length: string
  /** What can be done with it. */
  children: ReactNode
  onClear: () => void
}

/** Floats at the bottom: count, total time, actions, ×. */
export function SelectionBar({ label, amount, length, children, onClear }: SelectionBarProps) {
  return (
    <div className={classes.bar} role="toolbar" aria-label={label}>
      <span className={classes.facts} role="status">
        <b>{amount}</b>
        {length}
      </span>
      {children}
      <span className={classes.rule} />
      <Tooltip label="Clear selection (Esc)">
        <ActionIcon aria-label="Clear selection" onClick={onClear}>
          <IconX size={16} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}

interface SelectionActionProps {
  icon: TablerIcon
  name: string
  act: () => void
}

export function SelectionAction({ icon: Icon, name, act }: SelectionActionProps) {
  return (
    <Button
      variant="subtle"
      color="gray"
      leftSection={<Icon size={16} stroke={1.75} />}
      onClick={act}
      className={classes.action}
    >
      {name}
    </Button>
  )
}
