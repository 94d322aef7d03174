import { IconMaximize, IconMinimize } from '@tabler/icons-react'
import type { Video } from '../../../../main/contract/index.ts'
import { keepFocus } from '../../ui/keep-focus.ts'
import type { FullScreen } from '../useFullScreen.ts'
import { ControlButton } from './ControlButton.tsx'
import { LoopMenu } from './LoopMenu.tsx'
import { RangeMenu } from './RangeMenu.tsx'
import { Sound } from './Sound.tsx'
import { SpeedMenu } from './SpeedMenu.tsx'
import { Timecode } from './Timecode.tsx'
import { Transport } from './Transport.tsx'
import classes from './Controls.module.css'

/** The row under the picture. */
export function Controls({ video, fullScreen }: { video: Video; fullScreen: FullScreen }) {
  return (
    <div className={classes.row} role="toolbar" aria-label="Playback" onMouseDown={keepFocus}>
      <Timecode />
      <Transport playable={video.playableUrl !== null} />
      <div className={classes.right}>
        <SpeedMenu />
        <RangeMenu />
        <LoopMenu />
        <Sound silent={video.metadata.audioCodec === null} />
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
