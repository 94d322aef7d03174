import { ActionIcon } from '@mantine/core'
import { IconSubtask } from '@tabler/icons-react'
import tone from '../../shared/ui/control-tone.module.css'
import { Hint } from '../../shared/ui/Hint.tsx'
import { useOpenVideo } from '../../shared/video-page/open-video.ts'
import { composeFor } from './composer/draft.ts'

/** On a video's page: a new task with that video. */
export function NewTaskButton() {
  const { video } = useOpenVideo()
  return (
    <Hint name="New task on this video">
      <ActionIcon
        className={tone.quiet ?? ''}
        aria-label="New task on this video"
        onClick={() => composeFor(video.videoId)}
      >
        <IconSubtask size={16} stroke={1.75} />
      </ActionIcon>
    </Hint>
  )
}
