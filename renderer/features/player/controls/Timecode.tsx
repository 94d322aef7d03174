import { timecode } from '../../../shared/format/time.ts'
import { usePlaybackState, usePlayer, usePosition } from '../player.ts'
import classes from './Controls.module.css'

/** Where it is, of how much: `00:03:12:10 / 00:06:42:10`. */
export function Timecode() {
  const { playback } = usePlayer()
  const position = usePosition((time) => playback.timecode(time))
  const duration = usePlaybackState((state) => state.duration)
  return (
    <div className={classes.timecode}>
      <strong className="selectable">{position}</strong>
      <span>/</span>
      <span>{duration > 0 ? timecode(duration, playback.frameRate) : '--:--:--:--'}</span>
    </div>
  )
}
