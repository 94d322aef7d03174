import { IconAlertTriangle, IconClock, IconMovie, IconStack2 } from '@tabler/icons-react'
import { useState, type PointerEvent } from 'react'
import type { Video } from '../../../main/contract/index.ts'
import { mediaUrl } from '../../shared/engine/bridge.ts'
import { clock } from '../../shared/format/time.ts'
import { statusOf, type Status } from './activity.ts'
import { fractionAt, pictureAt } from '../../shared/media/sprite.ts'
import { SpritePicture } from '../../shared/media/SpritePicture.tsx'
import card from '../../shared/grid/card.module.css'
import classes from './CardPicture.module.css'

/** The picture of a video; a pointer that moves over it leafs through the whole video. */
export function CardPicture({ video }: { video: Video }) {
  const [fraction, setFraction] = useState<number | null>(null)
  const duration = video.metadata.durationSeconds
  const status = statusOf(video)
  const follow = (event: PointerEvent): void => {
    if (video.sprite) setFraction(fractionAt(event.clientX, event.currentTarget.getBoundingClientRect()))
  }
  return (
    <div className={card.picture} onPointerMove={follow} onPointerLeave={() => setFraction(null)}>
      <Poster video={video} />
      {video.sprite && fraction !== null && (
        <SpritePicture
          sprite={video.sprite}
          index={pictureAt(fraction, video.sprite.count)}
          className={classes.instant}
        />
      )}
      {status && fraction === null && <StatusBadge status={status} />}
      {duration !== null && fraction === null && <span className={card.duration}>{clock(duration)}</span>}
      {status?.percent != null && <ProgressLine status={status} />}
      {duration !== null && fraction !== null && <ScrubLine fraction={fraction} seconds={fraction * duration} />}
    </div>
  )
}

function Poster({ video }: { video: Video }) {
  const url = mediaUrl(video.thumbnailUrl)
  if (!url) return <IconMovie size={28} stroke={1.25} aria-hidden />
  return <img src={url} alt="" draggable={false} decoding="async" />
}

const ICONS = { running: IconStack2, waiting: IconClock, failed: IconAlertTriangle }

function StatusBadge({ status }: { status: Status }) {
  const Icon = ICONS[status.tone]
  return (
    <span className={classes.badge} data-tone={status.tone}>
      <Icon size={13} stroke={1.75} aria-hidden />
      {status.label}
    </span>
  )
}

function ProgressLine({ status }: { status: Status }) {
  const percent = status.percent ?? 0
  return (
    <div
      className={classes.progress}
      role="progressbar"
      aria-label={status.label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <div style={{ width: `${percent}%` }} />
    </div>
  )
}

/** Where in the video the pointer is: a line with the time on it, kept inside the picture. */
function ScrubLine({ fraction, seconds }: { fraction: number; seconds: number }) {
  return (
    <>
      <div className={classes.line} style={{ left: `${fraction * 100}%` }} />
      <span className={classes.time} style={{ left: `clamp(28px, ${fraction * 100}%, calc(100% - 28px))` }}>
        {clock(seconds)}
      </span>
    </>
  )
}
