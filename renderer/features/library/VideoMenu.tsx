import { Menu } from '@mantine/core'
import { IconPencil, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import type { Video } from '../../../main/contract/index.ts'
import { useVideo } from '../../shared/engine/videos.ts'
import { CardMenu } from '../../shared/ui/CardMenu.tsx'
import { useContributions } from '../../shared/registry/features.ts'
import { openVideo } from './actions.ts'
import { deleteSelected } from './useLibraryKeys.ts'
import type { VideoSequence } from './video-sequence.ts'
import { closeMenu, useVisit } from './view.ts'

/** What can be done with one video. */
export function VideoMenu({ videos }: { videos: VideoSequence }) {
  const menu = useVisit((visit) => visit.menu)
  const { data: video } = useVideo(menu?.videoId ?? null)
  return (
    <CardMenu place={video ? menu : null} label={`Actions for ${video?.title}`} onClose={closeMenu}>
      {video && <Items video={video} videos={videos} />}
    </CardMenu>
  )
}

function Items({ video, videos }: { video: Video; videos: VideoSequence }) {
  const actions = useContributions('videoActions')
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
      {actions.map(({ id, name, icon: Icon, key, asks, run }) => (
        <Menu.Item
          key={id}
          leftSection={<Icon size={16} stroke={1.75} />}
          rightSection={key && <kbd>{key.shown}</kbd>}
          onClick={() => void run([video])}
        >
          {asks ? `${name}…` : name}
        </Menu.Item>
      ))}
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
