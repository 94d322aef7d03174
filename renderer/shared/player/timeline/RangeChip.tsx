import { ActionIcon } from '@mantine/core'
import { IconBracketsContain, IconX } from '@tabler/icons-react'
import { lengthText } from '../../format/time.ts'
import { Hint } from '../../ui/Hint.tsx'
import { shownKey } from '../keys.ts'
import { usePlaybackState, usePlayer } from '../player.ts'
import classes from './RangeChip.module.css'

/** `In 00:03:42:00 to out 00:04:10:00, 28 s`, once there is one of them. */
export function RangeChip() {
  const { playback } = usePlayer()
  const inPoint = usePlaybackState((state) => state.inPoint)
  const outPoint = usePlaybackState((state) => state.outPoint)
  if (inPoint === null && outPoint === null) return null
  const show = (time: number): string => playback.timecode(time)
  const parts = [inPoint !== null && `In ${show(inPoint)}`, outPoint !== null && `out ${show(outPoint)}`]
  const text = parts.filter(Boolean).join(' to ')
  const length = inPoint !== null && outPoint !== null ? `, ${lengthText(outPoint - inPoint)}` : ''
  return (
    <div className={classes.chip}>
      <IconBracketsContain size={14} stroke={1.75} aria-hidden />
      <span>{text.charAt(0).toUpperCase() + text.slice(1) + length}</span>
      <Hint name="Clear in and out" shown={shownKey('clearRange')}>
        <ActionIcon size={26} aria-label="Clear in and out" color="signal" onClick={() => playback.clearRange()}>
          <IconX size={14} stroke={1.75} />
        </ActionIcon>
      </Hint>
    </div>
  )
}
