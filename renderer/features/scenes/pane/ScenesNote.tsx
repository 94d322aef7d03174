import { Button, Skeleton } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { Video } from '../../../../main/contract/index.ts'
import { activityOf, workText } from '../../../shared/media/activity-text.ts'
import { Progress } from '../../../shared/ui/Progress.tsx'
import { findScenes, retry } from '../../../shared/media/video-actions.ts'
import { useOpenVideo } from '../../../shared/video-page/open-video.ts'
import classes from './ScenesNote.module.css'

/** How the search for scenes goes, above the list or in its place. */
export function ScenesNote() {
  const { video, scenes, loading } = useOpenVideo()
  const none = scenes.length === 0
  const analysis = activityOf(video, 'analysis')
  if (loading) return <Rows />
  if (analysis?.status === 'failed') return <Failed video={video} />
  if (analysis)
    return (
      <>
        <div className={classes.note} role="status">
          <span>{workText(analysis)}</span>
          <Progress percent={analysis.progressPercent} name="Finding scenes" />
        </div>
        {none && <Rows />}
      </>
    )
  return none ? <NoScenes video={video} /> : null
}

function Failed({ video }: { video: Video }) {
  const analysis = activityOf(video, 'analysis')
  return (
    <div className={classes.note} data-tone="error" role="alert">
      <strong>
        <IconAlertTriangle size={16} stroke={1.75} aria-hidden /> Scenes were not found
      </strong>
      <p>{analysis?.errorMessage ?? 'The reason is in the log.'} The video is safe and can be played.</p>
      <Button variant="default" onClick={() => analysis && void retry(video, analysis)}>
        Retry
      </Button>
    </div>
  )
}

function NoScenes({ video }: { video: Video }) {
  return (
    <div className={classes.note}>
      <strong>No scenes yet</strong>
      <p>Fieldreel finds where shots change, and makes a picture of each. You can keep watching meanwhile.</p>
      <Button onClick={() => void findScenes([video])}>Find scenes</Button>
    </div>
  )
}

/** Rows as they will be. */
function Rows() {
  return (
    <div className={classes.rows} aria-hidden>
      {[150, 110, 170, 130].map((width) => (
        <div key={width} className={classes.row}>
          <Skeleton width={104} height={58} radius={4} />
          <div>
            <Skeleton width={70} height={10} mt={5} />
            <Skeleton width={width} height={10} mt={10} />
          </div>
        </div>
      ))}
    </div>
  )
}
