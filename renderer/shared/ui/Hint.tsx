import { Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'

interface HintProps {
  name: string
  /** The key that does the same. */
  shown?: string | undefined
  children: ReactElement
}

/** Names a control and its key when the pointer or the focus rests on it. */
export function Hint({ name, shown, children }: HintProps) {
  const label = shown ? (
    <span style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
      {name}
      <kbd>{shown}</kbd>
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
