import { IconPlus, IconX } from '@tabler/icons-react'
import classes from './CutSign.module.css'

/** `+` on a cut that comes, `×` on one that goes: the same in the timeline and beside the numbers. */
export function CutSign({ change }: { change: 'comes' | 'goes' }) {
  const Icon = change === 'comes' ? IconPlus : IconX
  return (
    <span className={classes.sign} data-change={change} aria-hidden>
      <Icon size={10} stroke={3} />
    </span>
  )
}
