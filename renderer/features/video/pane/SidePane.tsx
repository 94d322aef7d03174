import { ActionIcon, Tabs } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import type { Scene, Video } from '../../../../main/contract/index.ts'
import { keepFocus } from '../../../shared/ui/keep-focus.ts'
import type { Pane } from '../../../shared/pane/usePane.ts'
import { useNotesState } from '../../annotations/notes-context.ts'
import { type Tab, useView } from '../../../shared/player/view-store.ts'
import { Info } from './Info.tsx'
import { Notes } from '../../annotations/pane/Notes.tsx'
import { Scenes } from '../../scenes/pane/Scenes.tsx'
import classes from './SidePane.module.css'

interface SidePaneProps {
  video: Video
  scenes: readonly Scene[]
  loading: boolean
  pane: Pane
}

/** What is known of the video, beside its picture. */
export function SidePane({ video, scenes, loading, pane }: SidePaneProps) {
  const { tab, setTab } = useView()
  const noteCount = useNotesState(({ all }) => all.length)
  const isDrawing = useNotesState(({ pen }) => pen !== null)
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'Escape' && pane.over) pane.close()
  }
  return (
    <aside
      className={classes.pane}
      data-over={pane.over || undefined}
      data-drawing={isDrawing || undefined}
      aria-label="Side pane"
      onKeyDown={onKeyDown}
    >
      <Tabs
        value={tab}
        onChange={(chosen) => setTab(chosen as Tab)}
        classNames={{ root: classes.tabs, list: classes.list, tab: classes.tab, panel: classes.panel }}
      >
        <Tabs.List onMouseDown={keepFocus}>
          <Tabs.Tab value="scenes">
            Scenes {scenes.length > 0 && <span className={classes.count}>{scenes.length.toLocaleString('en-GB')}</span>}
          </Tabs.Tab>
          <Tabs.Tab value="notes">
            Notes {noteCount > 0 && <span className={classes.count}>{noteCount.toLocaleString('en-GB')}</span>}
          </Tabs.Tab>
          <Tabs.Tab value="info">Info</Tabs.Tab>
          {pane.over && (
            <ActionIcon className={classes.close} aria-label="Close the side pane" onClick={pane.close}>
              <IconX size={16} stroke={1.75} />
            </ActionIcon>
          )}
        </Tabs.List>
        <Tabs.Panel value="scenes">
          <Scenes video={video} scenes={scenes} loading={loading} />
        </Tabs.Panel>
        <Tabs.Panel value="notes">
          <Notes video={video} />
        </Tabs.Panel>
        <Tabs.Panel value="info">
          <Info video={video} />
        </Tabs.Panel>
      </Tabs>
    </aside>
  )
}
