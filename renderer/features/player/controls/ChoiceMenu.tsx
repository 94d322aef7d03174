import { Menu } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import classes from './Controls.module.css'

interface ChoiceMenuProps<T> {
  label: string
  choices: readonly (readonly [value: T, name: string])[]
  value: T
  onChange: (value: T) => void
  /** The button that opens it. */
  children: ReactElement
}

/** A menu with one choice taken. */
export function ChoiceMenu<T extends string | number>(props: ChoiceMenuProps<T>) {
  const { label, choices, value, onChange, children } = props
  return (
    <Menu position="top">
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown aria-label={label}>
        {choices.map(([choice, name]) => (
          <Menu.Item
            key={choice}
            role="menuitemradio"
            aria-checked={choice === value}
            leftSection={<span className={classes.check}>{choice === value && <IconCheck size={14} />}</span>}
            onClick={() => onChange(choice)}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
