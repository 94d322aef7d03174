import { ActionIcon, Tabs } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { keepFocus } from '../ui/keep-focus.ts'
import type { Pane } from './usePane.ts'
import classes from './SidePane.module.css'

interface Tab {
  readonly id: string
  readonly name: string
  /** How many things its content lists; 0 shows no number. */
  readonly useCount: () => number
  readonly content: ReactNode
}

interface SidePaneProps {
  pane: Pane
  tabs: readonly Tab[]
  tab: string
  setTab: (tab: string) => void
  /** Whether only the content of the chosen tab is mounted. */
  lazy?: boolean
  wide?: boolean
  head?: ReactNode
  foot?: ReactNode
}

/** Tabs beside a picture, or over it where the window has no room for both. Escape closes it there. */
export function SidePane({ pane, tabs, tab, setTab, lazy = false, wide = false, head, foot }: SidePaneProps) {
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'Escape' && pane.over) pane.close()
  }
  return (
    <aside
      className={classes.pane}
      data-over={pane.over || undefined}
      data-wide={wide || undefined}
      aria-label="Side pane"
      onKeyDown={onKeyDown}
    >
      {head}
      <Tabs
        value={tab}
        onChange={(chosen) => chosen !== null && setTab(chosen)}
        keepMounted={!lazy}
        classNames={{ root: classes.tabs, list: classes.list, tab: classes.tab, panel: classes.panel }}
      >
        <Tabs.List onMouseDown={keepFocus}>
          {tabs.map((one) => (
            <TabHead key={one.id} {...one} />
          ))}
          {pane.over && (
            <ActionIcon className={classes.close} aria-label="Close the side pane" onClick={pane.close}>
              <IconX size={16} stroke={1.75} />
            </ActionIcon>
          )}
        </Tabs.List>
        {tabs.map(({ id, content }) => (
          <Tabs.Panel key={id} value={id}>
            {content}
          </Tabs.Panel>
        ))}
      </Tabs>
      {foot}
    </aside>
  )
}

function TabHead({ id, name, useCount }: Tab) {
  const count = useCount()
  return (
    <Tabs.Tab value={id}>
      {name} {count > 0 && <span className={classes.count}>{count.toLocaleString('en-GB')}</span>}
    </Tabs.Tab>
  )
}
