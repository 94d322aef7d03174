import { Button } from '@mantine/core'
import type { Video } from '../../../../main/contract/index.ts'
import { activityOf, unplayableText, workText } from '../../../shared/media/activity-text.ts'
import { retry } from '../../../shared/media/video-actions.ts'
import { Notice } from '../../../shared/player/picture/Notice.tsx'

/** Why nothing plays yet, and how long that lasts. */
export function PreviewNotice({ video }: { video: Video }) {
  const preview = activityOf(video, 'preview')
  const title = unplayableText(video)
  if (preview === null)
    return (
      <Notice
        tone="error"
        title={title}
        text="There is no preview of it. The file is safe, and scenes can be browsed."
      />
    )
  if (preview.status === 'failed')
    return (
      <Notice
        tone="error"
        title="The preview could not be made"
        text={`${title} ${preview.errorMessage ?? ''} The file is safe, and scenes can be browsed.`}
      >
        <Button onClick={() => void retry(video, preview)}>Retry</Button>
      </Notice>
    )
  return <Notice tone="work" title={title} text={`${workText(preview)}.`} percent={preview.progressPercent} />
}
