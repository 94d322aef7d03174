import { type ReactNode, useId } from 'react'
import classes from './composer.module.css'

interface ComposerSectionProps {
  name: string
  /** Beside the name: a switch, buttons, or an estimate. */
  aside?: ReactNode
  children: ReactNode
}

/** One part of the form. */
export function ComposerSection({ name, aside, children }: ComposerSectionProps) {
  const id = useId()
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id}>{name}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
