import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import quiet from './control-tone.module.css'
import classes from './Crumbs.module.css'

interface CrumbsProps {
  /** The place above; the library, when it is not said. */
  path?: string
  name?: string
  children?: ReactNode
}

/** The way back to the place above, and what lies below it. */
export function Crumbs({ path = '/', name = 'Library', children }: CrumbsProps) {
  const back = `Back to the ${name.toLowerCase()}`
  return (
    <div className={classes.crumbs}>
      <Tooltip label={back}>
        <ActionIcon component={Link} href={path} className={clsx(quiet.quiet)} aria-label={back}>
          <IconArrowLeft size={16} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      <Link href={path} className={classes.library} tabIndex={-1}>
        {name}
      </Link>
      {children !== undefined && <span aria-hidden>/</span>}
      {children}
    </div>
  )
}
