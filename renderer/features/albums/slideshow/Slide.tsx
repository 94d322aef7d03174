import { useEffect, useRef, useState } from 'react'
import type { AlbumItem } from '../../../../main/contract/index.ts'
import { mediaUrl } from '../../../shared/engine/bridge.ts'
import { nameOf } from '../album-text.ts'
import { useStill } from './useShow.ts'
import classes from './Slideshow.module.css'

interface SlideProps {
  item: AlbumItem
  playing: boolean
  muted: boolean
  onEnd: () => void
}

/** One item as large as fits: a video plays, anything else is shown for a while. */
export function Slide({ item, ...rest }: SlideProps) {
  const [failed, setFailed] = useState(false)
  const url = mediaUrl(item.mediaUrl)
  if (item.mediaType === 'video' && url && !failed) {
    return <Film url={url} name={nameOf(item)} onFail={() => setFailed(true)} {...rest} />
  }
  return <Still item={item} note={noteOf(item, failed)} {...rest} />
}

/** Why a video is only a picture. */
function noteOf({ mediaType, mediaUrl: url }: AlbumItem, failed: boolean): string | null {
  if (mediaType === 'photo') return null
  if (failed) return 'This video cannot be played in this window.'
  return url === null
    ? 'This video cannot be played yet: its preview is not ready, or its file is not in the library.'
    : null
}

function Still({ item, note, playing, onEnd }: Omit<SlideProps, 'muted'> & { note: string | null }) {
  useStill(item.itemId, playing, onEnd)
  const url = mediaUrl(item.mediaType === 'photo' ? (item.mediaUrl ?? item.thumbnailUrl) : item.thumbnailUrl)
  return (
    <>
      <div className={classes.stage}>
        <div className={classes.slide}>
          {url && <img src={url} alt={nameOf(item)} draggable={false} />}
          {note !== null && <div className={classes.note}>{note}</div>}
        </div>
      </div>
      <div className={`${classes.progress} ${classes.still}`} data-paused={!playing || undefined} aria-hidden>
        <div />
      </div>
    </>
  )
}

interface FilmProps extends Omit<SlideProps, 'item'> {
  url: string
  name: string
  onFail: () => void
}

function Film({ url, name, playing, muted, onEnd, onFail }: FilmProps) {
  const film = useRef<HTMLVideoElement>(null)
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // A play that is called off by the next slide says so; there is nothing to do about it.
    if (playing) film.current?.play().catch(() => undefined)
    else film.current?.pause()
  }, [playing])
  const follow = (): void => {
    const { currentTime = 0, duration = 0 } = film.current ?? {}
    if (line.current && duration > 0) line.current.style.transform = `scaleX(${currentTime / duration})`
  }
  return (
    <>
      <div className={classes.stage}>
        <div className={classes.slide}>
          <video
            ref={film}
            src={url}
            aria-label={name}
            muted={muted}
            onTimeUpdate={follow}
            onEnded={onEnd}
            onError={onFail}
          />
        </div>
      </div>
      <div className={classes.progress} aria-hidden>
        <div ref={line} />
      </div>
    </>
  )
}
