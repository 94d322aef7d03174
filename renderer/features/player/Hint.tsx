import { Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'
import { type Command, shownKey } from './keys.ts'

/** Names a control and its key when the pointer or the focus rests on it. */
export function Hint({ name, command, children }: { name: string; command?: Command; children: ReactElement }) {
  const label = command ? (
    <span style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
      {name}
      <kbd>{shownKey(command)}</kbd>
    </span>
  ) : (
    name
  )
  return (
    <Tooltip label={label} events={{ hover: true, focus: true, touch: false }}>
      {children}
    </Tooltip>
  )
}
