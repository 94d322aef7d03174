import { SPEEDS } from '../speeds.ts'
import { usePlaybackState, usePlayer } from '../player.ts'
import { ChoiceMenu } from './ChoiceMenu.tsx'
import classes from './Controls.module.css'

const CHOICES = SPEEDS.map((speed) => [speed, `${speed}×`] as const)

/** How fast it plays; while it plays backwards, how fast that is. */
export function SpeedMenu() {
  const { playback } = usePlayer()
  const speed = usePlaybackState((state) => state.speed)
  const reverse = usePlaybackState((state) => state.reverse)
  const shown = reverse > 0 ? `−${reverse}×` : `${speed}×`
  return (
    <ChoiceMenu<number> label="Speed" choices={CHOICES} value={speed} onChange={(chosen) => playback.setSpeed(chosen)}>
      <button
        type="button"
        className={classes.speed}
        title="Speed"
        aria-label={`Speed, ${shown}`}
        data-changed={shown !== '1×' || undefined}
      >
        {shown}
      </button>
    </ChoiceMenu>
  )
}
