import { Button, Skeleton } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { activityOf, workText } from '../../../shared/media/activity-text.ts'
import { Progress } from '../../../shared/ui/Progress.tsx'
import { findScenes, retry } from '../../../shared/media/video-actions.ts'
import { useOpenVideo } from '../../../shared/video-page/open-video.ts'
import classes from './LaneNote.module.css'

/** What the lane says while there are no scenes. */
export function LaneNote() {
  const { video, scenes, loading } = useOpenVideo()
  const analysis = activityOf(video, 'analysis')
  if (scenes.length > 0) return null
  if (loading) return <Skeleton className={classes.note} radius={4} />
  if (analysis?.status === 'failed')
    return (
      <div className={classes.note} data-tone="error">
        <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
        <span className={classes.words}>Scenes were not found. {analysis.errorMessage}</span>
        <Button h={26} variant="default" onClick={() => void retry(video, analysis)}>
          Retry
        </Button>
      </div>
    )
  if (analysis)
    return (
      <div className={classes.note}>
        <span className={classes.words}>{workText(analysis)}</span>
        <Progress percent={analysis.progressPercent} name="Finding scenes" />
      </div>
    )
  return (
    <div className={classes.note}>
      <span className={classes.words}>No scenes yet.</span>
      <Button h={26} variant="default" onClick={() => void findScenes([video])}>
        Find scenes
      </Button>
    </div>
  )
}
