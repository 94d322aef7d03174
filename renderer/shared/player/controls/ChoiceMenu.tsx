import { Menu } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { ReactElement } from 'react'

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
        <Menu.RadioGroup value={String(value)}>
          {choices.map(([choice, name]) => (
            <Menu.RadioItem
              key={choice}
              value={String(choice)}
              checkIcon={<IconCheck size={14} stroke={1.75} />}
              closeMenuOnClick
              onChange={() => onChange(choice)}
            >
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
