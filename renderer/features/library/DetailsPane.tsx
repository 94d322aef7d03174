import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconDots, IconLayoutSidebarRightCollapse, IconPlayerPlayFilled } from '@tabler/icons-react'
import clsx from 'clsx'
import { useMemo } from 'react'
import type { Video } from '../../../main/contract/index.ts'
import { useVideo } from '../../shared/engine/videos.ts'
import { count, size } from '../../shared/format/size.ts'
import { span } from '../../shared/format/time.ts'
import { openVideo } from './actions.ts'
import { DetailsPicture } from './DetailsPicture.tsx'
import { DetailsStatus } from './DetailsStatus.tsx'
import { EditableTitle } from './EditableTitle.tsx'
import { useSelection } from './selection.ts'
import { TagEditor } from './TagEditor.tsx'
import type { Details } from './useDetails.ts'
import type { VideoSequence } from './video-sequence.ts'
import { VideoFacts } from './VideoFacts.tsx'
import { openMenu } from './view.ts'
import classes from './DetailsPane.module.css'

interface DetailsPaneProps {
  videos: VideoSequence
  details: Details
}

/** What there is to know about the selected video, or else about the one the keyboard is on. */
export function DetailsPane({ videos, details }: DetailsPaneProps) {
  const { selected, active } = useSelection()
  const some = useMemo(() => videos.among(selected), [videos, selected])
  const shown = some.ids[0] ?? (videos.indexOf(active) >= 0 ? active : null)
  const { data: video } = useVideo(shown)
  const isOne = some.ids.length <= 1
  return (
    <aside className={clsx(classes.pane, details.overlay && classes.overlay)} aria-label="Details">
      <div className={classes.head}>
        <h2>Details</h2>
        <Tooltip label="Hide details (D)">
          <ActionIcon size={26} aria-label="Hide details" onClick={details.close}>
            <IconLayoutSidebarRightCollapse size={16} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </div>
      {shown === null && <Hint />}
      {!isOne && <Many {...some} />}
      {isOne && video && <One key={video.videoId} video={video} />}
    </aside>
  )
}

function Hint() {
  return (
    <p className={classes.hint}>
      Select a video to see its details. <kbd>Ctrl</kbd> click adds one more, <kbd>Shift</kbd> click a range.
    </p>
  )
}

function Many({ ids, seconds, bytes }: { ids: readonly string[]; seconds: number; bytes: number }) {
  return (
    <div className={classes.part}>
      <h3 className={classes.many}>{count(ids.length, 'video')} selected</h3>
      <p className={classes.hint}>
        {span(seconds)}, {size(bytes)}
      </p>
    </div>
  )
}

function One({ video }: { video: Video }) {
  return (
    <>
      <div className={classes.part}>
        <DetailsPicture video={video} />
        <EditableTitle video={video} />
        <div className={clsx(classes.filename, 'selectable')}>{video.filename}</div>
        <div className={classes.actions}>
          <Button
            flex={1}
            leftSection={<IconPlayerPlayFilled size={14} aria-hidden />}
            onClick={() => openVideo(video)}
          >
            Review
          </Button>
          <ActionIcon
            variant="default"
            aria-label="More actions"
            aria-haspopup="menu"
            onClick={(event) => openMenu(video, event.currentTarget)}
          >
            <IconDots size={16} stroke={1.75} />
          </ActionIcon>
        </div>
        <DetailsStatus video={video} />
      </div>
      <div className={classes.part}>
        <TagEditor video={video} />
      </div>
      <div className={classes.part}>
        <VideoFacts video={video} />
      </div>
    </>
  )
}
