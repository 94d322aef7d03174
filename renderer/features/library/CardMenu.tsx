import { Menu } from '@mantine/core'
import { IconDots, IconObjectScan, IconPencil, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Video } from '../../../main/contract/index.ts'
import { findScenesAgain, openVideo } from './actions.ts'
import { deleteVideos } from './deletion.ts'
import { OWN_CLICKS } from './useGridInput.ts'
import { useVisit } from './view.ts'
import classes from './VideoCard.module.css'

/** What can be done with one video, behind three dots on its card. */
export function CardMenu({ video, tabIndex }: { video: Video; tabIndex: number }) {
  return (
    <VideoMenu video={video}>
      <button
        type="button"
        className={classes.menu}
        aria-label={`Actions for ${video.title}`}
        tabIndex={tabIndex}
        {...{ [OWN_CLICKS]: '' }}
      >
        <IconDots size={16} stroke={1.75} />
      </button>
    </VideoMenu>
  )
}

/** The menu of a video; `children` is the button that opens it. */
export function VideoMenu({ video, children }: { video: Video; children: ReactNode }) {
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPlayerPlay size={16} stroke={1.75} />}
          rightSection={<kbd>Enter</kbd>}
          onClick={() => openVideo(video)}
        >
          Open
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPencil size={16} stroke={1.75} />}
          rightSection={<kbd>F2</kbd>}
          onClick={() => useVisit.setState({ renaming: video })}
        >
          Rename
        </Menu.Item>
        <Menu.Item
          leftSection={<IconObjectScan size={16} stroke={1.75} />}
          onClick={() => void findScenesAgain([video])}
        >
          Find scenes again
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          color="var(--fr-error)"
          leftSection={<IconTrash size={16} stroke={1.75} />}
          rightSection={<kbd>Del</kbd>}
          onClick={() => void deleteVideos([video])}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
