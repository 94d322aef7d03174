import { IconCheck, IconDots } from '@tabler/icons-react'
import { memo } from 'react'
import type { Video } from '../../../main/contract/index.ts'
import { retry } from '../../shared/media/video-actions.ts'
import { factsOf, statusOf } from './activity.ts'
import { CardPicture } from './CardPicture.tsx'
import { toggled } from '../../shared/grid/selection.ts'
import { useSelection } from './selection.ts'
import { OWN_CLICKS } from '../../shared/grid/own-clicks.ts'
import { VIDEO_ATTRIBUTE } from './useGridInput.ts'
import { openMenu } from './view.ts'
import over from '../../shared/ui/over-picture.module.css'
import classes from './VideoCard.module.css'

interface VideoCardProps {
  video: Video
  selected: boolean
  /** Whether Tab reaches this card, and from it its own controls. */
  tabStop: boolean
}

/** One video: picture, title, one line of facts. */
export const VideoCard = memo(function VideoCard({ video, selected, tabStop }: VideoCardProps) {
  const tabIndex = tabStop ? 0 : -1
  return (
    <div
      role="gridcell"
      tabIndex={tabIndex}
      aria-selected={selected}
      className={classes.card}
      draggable
      {...{ [VIDEO_ATTRIBUTE]: video.videoId }}
    >
      {/* Words first, for who hears the card; the style sheet puts the picture above them. */}
      <div className={classes.title} title={video.title}>
        {video.title}
      </div>
      <Facts video={video} tabIndex={tabIndex} />
      <div className={classes.frame}>
        <CardPicture video={video} />
        <SelectBox video={video} selected={selected} tabIndex={tabIndex} />
        <MenuButton video={video} tabIndex={tabIndex} />
      </div>
    </div>
  )
})

interface SelectBoxProps {
  video: Video
  selected: boolean
  tabIndex: number
}

function SelectBox({ video, selected, tabIndex }: SelectBoxProps) {
  const toggle = (): void => useSelection.getState().change((now) => toggled(now, video.videoId))
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={selected}
      aria-label={`Select ${video.title}`}
      tabIndex={tabIndex}
      className={over.check}
      onClick={toggle}
      {...{ [OWN_CLICKS]: '' }}
    >
      <span>{selected && <IconCheck size={14} stroke={2.5} />}</span>
    </button>
  )
}

function MenuButton({ video, tabIndex }: { video: Video; tabIndex: number }) {
  return (
    <button
      type="button"
      className={over.menu}
      aria-label={`Actions for ${video.title}`}
      aria-haspopup="menu"
      tabIndex={tabIndex}
      onClick={(event) => openMenu(video, event.currentTarget)}
      {...{ [OWN_CLICKS]: '' }}
    >
      <IconDots size={16} stroke={1.75} />
    </button>
  )
}

function Facts({ video, tabIndex }: { video: Video; tabIndex: number }) {
  const status = statusOf(video)
  const facts = factsOf(video)
  return (
    <div className={classes.facts}>
      <span title={facts}>{facts}</span>
      {status?.tone === 'failed' && (
        <button
          type="button"
          className={classes.retry}
          tabIndex={tabIndex}
          onClick={() => void retry(video, status.activity)}
          {...{ [OWN_CLICKS]: '' }}
        >
          Retry
        </button>
      )}
    </div>
  )
}
