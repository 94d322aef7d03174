import { UnstyledButton } from '@mantine/core'
import clsx from 'clsx'
import classes from './chip.module.css'

interface FilterChipsProps<T> {
  /** What the chips choose, for screen readers. */
  label: string
  options: readonly { readonly value: T; readonly name: string; readonly count?: string }[]
  chosen: T
  onChoose: (value: T) => void
  className?: string | undefined
}

/** Filters of which one is on, each with how many it lets through. */
export function FilterChips<T>({ label, options, chosen, onChoose, className }: FilterChipsProps<T>) {
  return (
    <div className={clsx(classes.chips, className)} role="group" aria-label={label}>
      {options.map(({ value, name, count }) => (
        <UnstyledButton
          key={name}
          className={classes.chip}
          aria-pressed={value === chosen}
          data-on={value === chosen || undefined}
          onClick={() => onChoose(value)}
        >
          {name} {count && <span className={classes.count}>{count}</span>}
        </UnstyledButton>
      ))}
    </div>
  )
}
