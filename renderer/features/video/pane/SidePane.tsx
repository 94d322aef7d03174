import { ActionIcon, Tabs } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { useView } from '../../../shared/player/view-store.ts'
import { keepFocus } from '../../../shared/ui/keep-focus.ts'
import { useOpenVideo } from '../../../shared/video-page/open-video.ts'
import { useLoaded } from '../../../shared/registry/features.ts'
import type { PaneTab } from '../../../shared/video-page/part.ts'
import { Info } from './Info.tsx'
import classes from './SidePane.module.css'

const INFO: PaneTab = { id: 'info', name: 'Info', useCount: () => 0, Content: Info }

/** What is known of the video, beside its picture. */
export function SidePane() {
  const { pane } = useOpenVideo()
  const tabs = [...useLoaded('videoPage').flatMap(({ tab }) => tab ?? []), INFO]
  const { tab, setTab } = useView()
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'Escape' && pane.over) pane.close()
  }
  return (
    <aside className={classes.pane} data-over={pane.over || undefined} aria-label="Side pane" onKeyDown={onKeyDown}>
      <Tabs
        value={tab}
        onChange={(chosen) => chosen !== null && setTab(chosen)}
        classNames={{ root: classes.tabs, list: classes.list, tab: classes.tab, panel: classes.panel }}
      >
        <Tabs.List onMouseDown={keepFocus}>
          {tabs.map((one) => (
            <Tab key={one.id} {...one} />
          ))}
          {pane.over && (
            <ActionIcon className={classes.close} aria-label="Close the side pane" onClick={pane.close}>
              <IconX size={16} stroke={1.75} />
            </ActionIcon>
          )}
        </Tabs.List>
        {tabs.map(({ id, Content }) => (
          <Tabs.Panel key={id} value={id}>
            <Content />
          </Tabs.Panel>
        ))}
      </Tabs>
    </aside>
  )
}

function Tab({ id, name, useCount }: PaneTab) {
  const count = useCount()
  return (
    <Tabs.Tab value={id}>
      {name} {count > 0 && <span className={classes.count}>{count.toLocaleString('en-GB')}</span>}
    </Tabs.Tab>
  )
}
