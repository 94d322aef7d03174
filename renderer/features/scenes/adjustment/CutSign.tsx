import { IconPlus, IconX } from '@tabler/icons-react'
import classes from './CutSign.module.css'

/** `+` on a cut that is added, `×` on one that is removed: the same in the timeline and beside the numbers. */
export function CutSign({ change }: { change: 'added' | 'removed' }) {
  const Icon = change === 'added' ? IconPlus : IconX
  return (
    <span className={classes.sign} data-change={change} aria-hidden>
      <Icon size={10} stroke={3} />
    </span>
  )
}
