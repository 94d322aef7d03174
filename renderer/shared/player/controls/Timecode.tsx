import { hasDropFrame } from '../../format/timecode.ts'
import { usePlaybackState, usePlayer, usePosition } from '../player.ts'
import { useView } from '../view-store.ts'
import classes from './Controls.module.css'

/** Where it is, of how much: `00:03:12:10 / 00:06:42:10`. */
export function Timecode() {
  const { playback } = usePlayer()
  const dropFrame = useView((state) => state.dropFrame)
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
      <span>{duration > 0 ? playback.endTimecode(duration) : '--:--:--:--'}</span>
      {hasDropFrame(playback.frameRate) && (
        <button
          type="button"
          className={classes.form}
          aria-pressed={dropFrame}
          title="Drop-frame timecode: leaves out numbers so that it stays with the clock"
          onClick={() => useView.getState().toggleDropFrame()}
        >
          DF
        </button>
      )}
    </div>
  )
}
