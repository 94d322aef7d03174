import { IconMovie, IconPlayerPlayFilled } from '@tabler/icons-react'
import clsx from 'clsx'
import type { Video } from '../../../main/contract/index.ts'
import { mediaUrl } from '../../shared/engine/bridge.ts'
import { clock } from '../../shared/format/time.ts'
import { openVideo } from './actions.ts'
import { pictureAt } from '../../shared/media/sprite.ts'
import { SpritePicture } from '../../shared/media/SpritePicture.tsx'
import card from '../../shared/grid/card.module.css'
import classes from './DetailsPicture.module.css'

/** Pictures in the strip, and the shape of one. */
const STRIP = { count: 8, aspect: 34 / 26 }

/** The video's picture, large, with the way to its player, and the whole of it in a strip. */
export function DetailsPicture({ video }: { video: Video }) {
  const url = mediaUrl(video.thumbnailUrl)
  const { durationSeconds } = video.metadata
  return (
    <>
      <div className={classes.frame}>
        <button
          type="button"
          className={clsx(card.picture, classes.picture)}
          aria-label={`Play ${video.title}`}
          onClick={() => openVideo(video)}
        >
          {url ? (
            <img src={url} alt="" draggable={false} />
          ) : (
            <IconMovie size={32} stroke={1.25} className={classes.none} />
          )}
          <span className={classes.play}>
            <IconPlayerPlayFilled size={18} />
          </span>
        </button>
        {durationSeconds !== null && (
          <span className={clsx(card.duration, classes.duration)}>{clock(durationSeconds)}</span>
        )}
      </div>
      <Strip video={video} />
    </>
  )
}

function Strip({ video: { sprite } }: { video: Video }) {
  return (
    <div className={classes.strip} aria-hidden>
      {sprite &&
        Array.from({ length: STRIP.count }, (_, index) => (
          <SpritePicture
            key={index}
            sprite={sprite}
            index={pictureAt((index + 0.5) / STRIP.count, sprite.count)}
            boxAspect={STRIP.aspect}
            fit="cover"
          />
        ))}
    </div>
  )
}
