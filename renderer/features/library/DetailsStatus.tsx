import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { Video } from '../../../main/contract/index.ts'
import { retry } from '../../shared/media/video-actions.ts'
import { factsOf, statusOf } from './activity.ts'
import classes from './DetailsStatus.module.css'

/** What goes on with the video, or why it failed; nothing while all is quiet. */
export function DetailsStatus({ video }: { video: Video }) {
  const status = statusOf(video)
  if (!status) return null
  if (status.tone === 'failed') {
    return (
      <div className={classes.status} data-tone="failed">
        <div className={classes.line}>
          <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
          {status.label}
        </div>
        <p className="selectable">{factsOf(video)} The file itself was not changed.</p>
        <Button variant="default" h={26} onClick={() => void retry(video, status.activity)}>
          Retry
        </Button>
      </div>
    )
  }
  return (
    <div className={classes.status}>
      <div className={classes.line}>{status.label}</div>
      <p>{factsOf(video)}</p>
      <div className={classes.track}>
        <div style={{ width: `${status.percent ?? 0}%` }} />
      </div>
    </div>
  )
}
