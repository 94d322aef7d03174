import type { ReactNode } from 'react'
import classes from './Part.module.css'

interface PartProps {
  name: string
  /** What it is for, in a sentence or two. */
  about: ReactNode
  children: ReactNode
}

/** A part of a section, with a heading of its own. */
export function Part({ name, about, children }: PartProps) {
  return (
    <div className={classes.part}>
      <h3>{name}</h3>
      <p className={classes.about}>{about}</p>
      {children}
    </div>
  )
}
