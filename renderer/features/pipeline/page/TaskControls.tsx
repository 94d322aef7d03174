import {
  IconMaximize,
  IconMinimize,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
} from '@tabler/icons-react'
import { ControlButton } from '../../../shared/player/controls/ControlButton.tsx'
import { Sound } from '../../../shared/player/controls/Sound.tsx'
import { SpeedMenu } from '../../../shared/player/controls/SpeedMenu.tsx'
import { Timecode } from '../../../shared/player/controls/Timecode.tsx'
import { PlayButton } from '../../../shared/player/controls/Transport.tsx'
import { keepFocus } from '../../../shared/ui/keep-focus.ts'
import { usePlayer } from '../../../shared/player/player.ts'
import type { FullScreen } from '../../../shared/player/useFullScreen.ts'
import { useSession } from '../session.ts'
import type { Footage } from './footage.ts'
import classes from '../../../shared/player/controls/Controls.module.css'

/** The row under the picture. */
export function TaskControls({ footage, fullScreen }: { footage: Footage; fullScreen: FullScreen }) {
  const session = useSession()
  const { playback } = usePlayer()
  return (
    <div className={classes.row} role="toolbar" aria-label="Playback" onMouseDown={keepFocus}>
      <Timecode />
      <div className={classes.transport} onClickCapture={() => session.stopFollowing()}>
        <ControlButton name="Previous analysed frame (↑)" icon={IconPlayerTrackPrev} onClick={() => session.step(-1)} />
        <ControlButton
          name="Previous frame"
          command="previousFrame"
          icon={IconPlayerSkipBack}
          onClick={() => playback.stepFrames(-1)}
        />
        <PlayButton playable={footage.source !== undefined} />
        <ControlButton
          name="Next frame"
          command="nextFrame"
          icon={IconPlayerSkipForward}
          onClick={() => playback.stepFrames(1)}
        />
        <ControlButton name="Next analysed frame (↓)" icon={IconPlayerTrackNext} onClick={() => session.step(1)} />
      </div>
      <div className={classes.right}>
        <SpeedMenu />
        {footage.video && <Sound silent={footage.video.metadata.audioCodec === null} />}
        <ControlButton
          name={fullScreen.on ? 'Leave full screen' : 'Full screen'}
          command="fullScreen"
          icon={fullScreen.on ? IconMinimize : IconMaximize}
          onClick={fullScreen.toggle}
        />
      </div>
    </div>
  )
}
