import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
} from '@tabler/icons-react'
import { Hint } from '../../ui/Hint.tsx'
import { shownKey } from '../keys.ts'
import { usePlaybackState, usePlayer } from '../player.ts'
import { ControlButton } from './ControlButton.tsx'
import classes from './Controls.module.css'

/** Scene back, frame back, play, frame on, scene on. */
export function Transport({ playable }: { playable: boolean }) {
  const { playback } = usePlayer()
  return (
    <div className={classes.transport}>
      <ControlButton
        name="Previous scene"
        command="previousScene"
        icon={IconPlayerTrackPrev}
        onClick={() => playback.toPreviousScene()}
      />
      <ControlButton
        name="Previous frame"
        command="previousFrame"
        icon={IconPlayerSkipBack}
        onClick={() => playback.stepFrames(-1)}
      />
      <PlayButton playable={playable} />
      <ControlButton
        name="Next frame"
        command="nextFrame"
        icon={IconPlayerSkipForward}
        onClick={() => playback.stepFrames(1)}
      />
      <ControlButton
        name="Next scene"
        command="nextScene"
        icon={IconPlayerTrackNext}
        onClick={() => playback.toNextScene()}
      />
    </div>
  )
}

/** Play or pause, the largest of the row. */
export function PlayButton({ playable }: { playable: boolean }) {
  const { playback } = usePlayer()
  const moving = usePlaybackState(({ playing, reverse }) => playing || reverse > 0)
  const broken = usePlaybackState(({ fault }) => fault !== null)
  const name = moving ? 'Pause' : 'Play'
  const Icon = moving ? IconPlayerPauseFilled : IconPlayerPlayFilled
  return (
    <Hint name={name} shown={shownKey('toggle')}>
      <button
        type="button"
        className={classes.play}
        aria-label={name}
        disabled={!playable || broken}
        onClick={() => playback.toggle()}
      >
        <Icon size={18} aria-hidden />
      </button>
    </Hint>
  )
}
