import { useEffect, useLayoutEffect, useRef } from 'react'
import { usePlayer } from '../player.ts'
import { useView } from '../view-store.ts'
import classes from './Film.module.css'

interface FilmProps {
  source: string
  poster: string | undefined
  title: string
}

/** The video element. The player owns what it plays; the view, how loud. */
export function Film({ source, poster, title }: FilmProps) {
  const { playback } = usePlayer()
  const { volume, muted } = useView()
  const element = useRef<HTMLVideoElement>(null)
  // Before the browser can tell that it knows the file.
  useLayoutEffect(() => (element.current ? playback.attach(element.current) : undefined), [playback])
  useEffect(() => {
    if (element.current) element.current.volume = volume
  }, [volume])
  return (
    <video
      ref={element}
      className={classes.film}
      src={source}
      poster={poster}
      muted={muted}
      preload="auto"
      playsInline
      disablePictureInPicture
      aria-label={`Picture of ${title}`}
      onClick={() => playback.toggle()}
    />
  )
}
