import { Button } from '@mantine/core'
import { IconMovie } from '@tabler/icons-react'
import clsx from 'clsx'
import { activityOf } from '../../shared/media/activity-text.ts'
import { findScenes } from '../../shared/media/video-actions.ts'
import tone from '../../shared/ui/control-tone.module.css'
import { Hint } from '../../shared/ui/Hint.tsx'
import { useOpenVideo } from '../../shared/video-page/open-video.ts'
import classes from './FindScenesButton.module.css'

/** In the bar of a video's page. */
export function FindScenesButton() {
  const { video } = useOpenVideo()
  const analysis = activityOf(video, 'analysis')
  const searching = analysis !== null && analysis.status !== 'failed'
  return (
    <Hint name={searching ? 'Finding scenes' : 'Find scenes again'}>
      <Button
        variant="subtle"
        color="gray"
        className={clsx(classes.find, tone.quiet)}
        leftSection={<IconMovie size={16} stroke={1.75} />}
        aria-label="Find scenes again"
        data-disabled={searching}
        aria-disabled={searching}
        onClick={() => !searching && void findScenes([video])}
      >
        <span className={classes.words}>Find scenes again</span>
      </Button>
    </Hint>
  )
}
