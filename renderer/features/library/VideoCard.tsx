import clsx from 'clsx'
import { memo } from 'react'
import type { Video } from '../../../main/contract/index.ts'
import { useVideo } from '../../shared/engine/videos.ts'
import { retry } from '../../shared/media/video-actions.ts'
import { factsOf, statusOf } from './activity.ts'
import { CardPicture } from './CardPicture.tsx'
import { toggled } from '../../shared/grid/selection.ts'
import { useSelection } from './selection.ts'
import { OWN_CLICKS } from '../../shared/grid/own-clicks.ts'
import { VIDEO_ATTRIBUTE } from './useGridInput.ts'
import { openMenu } from './view.ts'
import card from '../../shared/grid/card.module.css'
import { MenuButton, SelectBox } from '../../shared/grid/CardButtons.tsx'
import classes from './VideoCard.module.css'
import skeleton from './GridSkeleton.module.css'

interface CellProps {
  videoId: string
  selected: boolean
  /** Whether Tab reaches this card, and from it its own controls. */
  tabStop: boolean
}

/** A video as a card; before the engine has told about it, the room for that. */
export const VideoCell = memo(function VideoCell({ videoId, selected, tabStop }: CellProps) {
  const { data: video } = useVideo(videoId)
  if (video) return <VideoCard video={video} selected={selected} tabStop={tabStop} />
  return (
    <div
      role="gridcell"
      tabIndex={tabStop ? 0 : -1}
      aria-selected={selected}
      aria-busy
      aria-label="Reading a video"
      className={clsx(card.card, skeleton.card)}
      {...{ [VIDEO_ATTRIBUTE]: videoId }}
    >
      <div />
      <div />
      <div />
    </div>
  )
})

interface VideoCardProps extends Omit<CellProps, 'videoId'> {
  video: Video
}

/** One video: picture, title, one line of facts. */
function VideoCard({ video, selected, tabStop }: VideoCardProps) {
  const tabIndex = tabStop ? 0 : -1
  const toggle = (): void => useSelection.getState().change((now) => toggled(now, video.videoId))
  return (
    <div
      role="gridcell"
      tabIndex={tabIndex}
      aria-selected={selected}
      className={clsx(card.card, classes.card)}
      draggable
      {...{ [VIDEO_ATTRIBUTE]: video.videoId }}
    >
      {/* Words first, for who hears the card; the style sheet puts the picture above them. */}
      <div className={classes.title} title={video.title}>
        {video.title}
      </div>
      <Facts video={video} tabIndex={tabIndex} />
      <div className={card.frame}>
        <CardPicture video={video} />
        <SelectBox name={video.title} selected={selected} tabIndex={tabIndex} onToggle={toggle} />
        <MenuButton name={video.title} tabIndex={tabIndex} onOpen={(button) => openMenu(video, button)} />
      </div>
    </div>
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
