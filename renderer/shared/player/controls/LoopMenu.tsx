import { IconRepeat } from '@tabler/icons-react'
import { usePlaybackState, usePlayer } from '../player.ts'
import type { Loop } from '../scene-times.ts'
import { ChoiceMenu } from './ChoiceMenu.tsx'
import { ControlButton } from './ControlButton.tsx'

const CHOICES: readonly (readonly [Loop, string])[] = [
  ['off', 'No loop'],
  ['range', 'Loop from in to out'],
  ['scene', 'Loop the scene'],
]
const NAMES: Readonly<Record<Loop, string>> = {
  off: 'Loop, off',
  range: 'Loop, from in to out',
  scene: 'Loop, the scene',
}

/** What is played again and again. */
export function LoopMenu() {
  const { playback } = usePlayer()
  const loop = usePlaybackState((state) => state.loop)
  return (
    <ChoiceMenu label="Loop" choices={CHOICES} value={loop} onChange={(chosen) => playback.setLoop(chosen)}>
      <ControlButton name={NAMES[loop]} command="loop" icon={IconRepeat} on={loop !== 'off'} />
    </ChoiceMenu>
  )
}
