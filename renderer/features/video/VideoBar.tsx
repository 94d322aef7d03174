import { ActionIcon } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import clsx from 'clsx'
import { navigate } from 'wouter/use-hash-location'
import { deleteVideos } from '../../shared/media/video-actions.ts'
import tone from '../../shared/ui/control-tone.module.css'
import { PaneToggle } from '../../shared/pane/PaneToggle.tsx'
import { Crumbs } from '../../shared/ui/Crumbs.tsx'
import { Hint } from '../../shared/ui/Hint.tsx'
import { TopBar } from '../../shared/ui/TopBar.tsx'
import { useOpenVideo } from '../../shared/video-page/open-video.ts'
import { useLoaded } from '../../shared/registry/features.ts'
import { shortFacts } from './facts.ts'
import { TitleField } from './TitleField.tsx'

export function VideoBar() {
  const { video, pane } = useOpenVideo()
  const parts = useLoaded('videoPage')
  const remove = (): void => {
    // This page is about a video that is going: it leaves first, so that it does not report it missing.
    navigate('/')
    void deleteVideos([video])
  }
  return (
    <TopBar
      title={
        <Crumbs>
          <TitleField video={video} />
        </Crumbs>
      }
      facts={shortFacts(video)}
    >
      {parts.map(({ BarActions }, index) => BarActions && <BarActions key={index} />)}
      <Hint name="Delete">
        <ActionIcon className={clsx(tone.quiet)} aria-label="Delete video" onClick={remove}>
          <IconTrash size={16} stroke={1.75} />
        </ActionIcon>
      </Hint>
      <PaneToggle pane={pane} />
    </TopBar>
  )
}
