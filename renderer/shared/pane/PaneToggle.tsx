import { ActionIcon } from '@mantine/core'
import { IconLayoutSidebarRight } from '@tabler/icons-react'
import clsx from 'clsx'
import tone from '../ui/control-tone.module.css'
import { Hint } from '../ui/Hint.tsx'
import type { Pane } from './usePane.ts'

/** Shows and hides the side pane. */
export function PaneToggle({ pane: { shown, toggle } }: { pane: Pane }) {
  return (
    <Hint name={shown ? 'Hide the side pane' : 'Show the side pane'} shown="D">
      <ActionIcon
        aria-label="Side pane"
        aria-pressed={shown}
        className={clsx(shown ? tone.on : tone.quiet)}
        onClick={toggle}
      >
        <IconLayoutSidebarRight size={16} stroke={1.75} />
      </ActionIcon>
    </Hint>
  )
}
