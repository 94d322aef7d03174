import { Menu } from '@mantine/core'
import {
  IconChartBar,
  IconFolderPlus,
  IconObjectScan,
  IconPencil,
  IconPlayerPlay,
  IconSubtask,
  IconTrash,
} from '@tabler/icons-react'
import { navigate } from 'wouter/use-hash-location'
import type { Video } from '../../../main/contract/index.ts'
import { CardMenu } from '../../shared/ui/CardMenu.tsx'
import { mediaOf } from '../../shared/media/media.ts'
import { chooseAlbumFor } from '../albums/picker/picker-state.ts'
import { analyticsPath } from '../../shared/navigation/paths.ts'
import { composeFor } from '../pipeline/composer/draft.ts'
import { findScenesAgain, openVideo } from './actions.ts'
import { deleteSelected } from './useLibraryKeys.ts'
import { closeMenu, useVisit } from './view.ts'

/** What can be done with one video. */
export function VideoMenu({ videos }: { videos: readonly Video[] }) {
  const menu = useVisit((visit) => visit.menu)
  const video = videos.find(({ videoId }) => videoId === menu?.videoId)
  return (
    <CardMenu place={video ? menu : null} label={`Actions for ${video?.title}`} onClose={closeMenu}>
      {video && <Items video={video} videos={videos} />}
    </CardMenu>
  )
}

function Items({ video, videos }: { video: Video; videos: readonly Video[] }) {
  return (
    <>
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
        leftSection={<IconFolderPlus size={16} stroke={1.75} />}
        rightSection={<kbd>Shift A</kbd>}
        onClick={() => chooseAlbumFor([mediaOf(video)])}
      >
        Add to album…
      </Menu.Item>
      <Menu.Item leftSection={<IconObjectScan size={16} stroke={1.75} />} onClick={() => void findScenesAgain([video])}>
        Find scenes again
      </Menu.Item>
      <Menu.Item leftSection={<IconSubtask size={16} stroke={1.75} />} onClick={() => composeFor(video.videoId)}>
        New task…
      </Menu.Item>
      <Menu.Item
        leftSection={<IconChartBar size={16} stroke={1.75} />}
        onClick={() => navigate(analyticsPath(video.videoId))}
      >
        Analytics
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        color="var(--fr-error)"
        leftSection={<IconTrash size={16} stroke={1.75} />}
        rightSection={<kbd>Del</kbd>}
        onClick={() => void deleteSelected(videos, [video])}
      >
        Delete
      </Menu.Item>
    </>
  )
}
