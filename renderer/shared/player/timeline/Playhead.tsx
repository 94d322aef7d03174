import { useLayoutEffect, useRef } from 'react'
import { usePlaybackState, usePlayer, useTimescale } from '../player.ts'
import { pixelsPerSecond } from '../timescale.ts'
import classes from './Playhead.module.css'

/** A move further than this, in seconds, is a jump, and the timeline goes along wherever it was. */
const JUMP = 0.5

/** The line through all lanes. It is moved past React: at every frame, and never behind the truth. */
export function Playhead() {
  const { playback, timeline } = usePlayer()
  const line = useRef<HTMLDivElement>(null)
  const handle = useRef<HTMLDivElement>(null)
  const perSecond = useTimescale(pixelsPerSecond)
  const duration = usePlaybackState((state) => state.duration)
  useLayoutEffect(
    () =>
      playback.onTime((time) => {
        if (line.current) line.current.style.transform = `translateX(${time * perSecond}px)`
        handle.current?.setAttribute('aria-valuenow', time.toFixed(2))
        handle.current?.setAttribute('aria-valuetext', playback.timecode(time))
      }),
    [playback, perSecond],
  )
  useLayoutEffect(() => {
    let before = playback.time
    return playback.onTime((time) => {
      const { left, width } = timeline.state.getState()
      const x = before * perSecond - left
      const wasInSight = x >= 0 && x <= width
      if (wasInSight || Math.abs(time - before) > JUMP) timeline.show(time)
      before = time
    })
  }, [playback, timeline, perSecond])
  return (
    <div ref={line} className={classes.playhead}>
      <div
        ref={handle}
        className={classes.handle}
        role="slider"
        tabIndex={0}
        data-playhead
        aria-label="Position"
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={Number(duration.toFixed(2))}
      />
    </div>
  )
}
