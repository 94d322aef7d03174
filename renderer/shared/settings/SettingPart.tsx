import type { ReactNode } from 'react'
import classes from './section.module.css'

interface SettingPartProps {
  name: string
  /** What it is for, in a sentence or two. */
  about: string
  children: ReactNode
}

/** A part of a section, with a heading of its own. */
export function SettingPart({ name, about, children }: SettingPartProps) {
  return (
    <div className={classes.part}>
      <h3>{name}</h3>
      <p className={classes.about}>{about}</p>
      {children}
    </div>
  )
}
