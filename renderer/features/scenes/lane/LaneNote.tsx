import { Button, Skeleton } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { Video } from '../../../../main/contract/index.ts'
import { activityOf, workText } from '../../../shared/media/activity-text.ts'
import { Progress } from '../../../shared/ui/Progress.tsx'
import { useVideoActions } from '../../../shared/media/useVideoActions.ts'
import classes from './LaneNote.module.css'

/** What stands in the lane while there are no scenes. */
export function LaneNote({ video, loading }: { video: Video; loading: boolean }) {
  const { findScenes, retry, retrying } = useVideoActions(video)
  const analysis = activityOf(video, 'analysis')
  if (loading) return <Skeleton className={classes.note} radius={4} />
  if (analysis?.status === 'failed')
    return (
      <div className={classes.note} data-tone="error">
        <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
        <span className={classes.words}>Scenes were not found. {analysis.errorMessage}</span>
        <Button h={26} variant="default" onClick={() => retry(analysis)} loading={retrying}>
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
      <span className={classes.words}>Scenes have not been looked for.</span>
      <Button h={26} variant="default" onClick={findScenes}>
        Find scenes
      </Button>
    </div>
  )
}
