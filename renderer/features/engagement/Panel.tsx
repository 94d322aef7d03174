import { Skeleton } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './Panel.module.css'

interface PanelProps {
  name: string
  /** What the numbers mean, where their name does not say it. */
  hint?: string | undefined
  /** Beside the name: a switch, or what the pointer is on. */
  aside?: ReactNode
  wide?: boolean
  children: ReactNode
}

/** One set of numbers. */
export function Panel({ name, hint, aside, wide = false, children }: PanelProps) {
  const id = useId()
  return (
    <section className={classes.panel} data-wide={wide || undefined} aria-labelledby={id}>
      <div className={classes.head}>
        <h3 id={id}>{name}</h3>
        {hint !== undefined && <span className={classes.hint}>{hint}</span>}
        {aside !== undefined && <div className={classes.aside}>{aside}</div>}
      </div>
      {children}
    </section>
  )
}

/** Stands where numbers will be, as high as they are. */
export function Loading({ height }: { height: number }) {
  return <Skeleton h={height} radius={4} />
}

/** Says why there is nothing to draw. */
export function NoData({ children }: { children: ReactNode }) {
  return <p className={classes.nothing}>{children}</p>
}
