import { Slider } from '@mantine/core'
import { IconVolume, IconVolume2, IconVolumeOff } from '@tabler/icons-react'
import { useView } from '../view-store.ts'
import { ControlButton } from './ControlButton.tsx'
import classes from './Controls.module.css'

/** On or off, and how loud. */
export function Sound({ silent }: { silent: boolean }) {
  const { volume, muted, setVolume, toggleMuted } = useView()
  const off = silent || muted || volume === 0
  const Icon = off ? IconVolumeOff : volume < 0.5 ? IconVolume2 : IconVolume
  return (
    <>
      <ControlButton
        name={silent ? 'This video has no sound' : off ? 'Sound on' : 'Sound off'}
        {...(!silent && { command: 'mute' as const })}
        icon={Icon}
        data-disabled={silent}
        aria-disabled={silent}
        onClick={() => !silent && toggleMuted()}
      />
      <Slider
        className={classes.volume}
        size={3}
        thumbSize={12}
        label={null}
        min={0}
        max={1}
        step={0.05}
        disabled={silent}
        value={off ? 0 : volume}
        onChange={setVolume}
        thumbLabel="Volume"
      />
    </>
  )
}
