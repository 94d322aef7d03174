import { timecode } from '../../format/time.ts'
import { usePlaybackState, usePlayer, usePosition } from '../player.ts'
import classes from './Controls.module.css'

/** Where it is, of how much: `00:03:12:10 / 00:06:42:10`. */
export function Timecode() {
  const { playback } = usePlayer()
  const position = usePosition((time) => playback.timecode(time))
  const duration = usePlaybackState((state) => state.duration)
  const arriving = usePlaybackState((state) => state.arriving)
  const counted = usePlaybackState((state) => state.counted)
  return (
    <div
      className={classes.timecode}
      data-picture={arriving ? 'arrives' : 'stands'}
      data-counted={counted || undefined}
      title={counted ? undefined : 'The frames are being counted: until then the number of a frame is an estimate.'}
    >
      <strong className="selectable">{position}</strong>
      <span>/</span>
      <span>{duration > 0 ? timecode(duration, playback.frameRate) : '--:--:--:--'}</span>
    </div>
  )
}
