import { ActionIcon, Menu } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconFolderPlus, IconMovie, IconPhoto } from '@tabler/icons-react'
import clsx from 'clsx'
import { useOpenVideo } from '../../../shared/video-page/open-video.ts'
import { outsideDialogs } from '../../../shared/ui/outside-dialogs.ts'
import { Hint } from '../../../shared/ui/Hint.tsx'
import { usePlaybackState } from '../../../shared/player/player.ts'
import quiet from '../../../shared/ui/control-tone.module.css'
import { mediaOf, photoOf } from '../../../shared/media/media.ts'
import { chooseAlbumFor } from './picker-state.ts'

/** On a video's page: puts it, or the picture of the scene on screen, into an album. */
export function AddVideo() {
  const { video, scenes } = useOpenVideo()
  const index = usePlaybackState(({ scene }) => scene)
  const scene = scenes[index]
  const addVideo = (): void => chooseAlbumFor([mediaOf(video)])
  useHotkeys([['shift+A', outsideDialogs(addVideo)]])
  return (
    <Menu position="bottom-end" width={230}>
      <Hint name="Add to album">
        <span>
          <Menu.Target>
            <ActionIcon className={clsx(quiet.quiet)} aria-label="Add to album">
              <IconFolderPlus size={16} stroke={1.75} />
            </ActionIcon>
          </Menu.Target>
        </span>
      </Hint>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconMovie size={16} stroke={1.75} />}
          rightSection={<kbd>Shift A</kbd>}
          onClick={addVideo}
        >
          Add the video to…
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPhoto size={16} stroke={1.75} />}
          disabled={scene?.thumbnailUrl == null}
          onClick={() => scene && chooseAlbumFor([photoOf(scene, video)])}
        >
          Add this scene’s picture to…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
