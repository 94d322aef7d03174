import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import quiet from './quiet.module.css'
import classes from './Crumbs.module.css'

/** The way back to the library, and what lies below it. */
export function Crumbs({ children }: { children?: ReactNode }) {
  return (
    <div className={classes.crumbs}>
      <Tooltip label="Back to the library">
        <ActionIcon component={Link} href="/" className={clsx(quiet.quiet)} aria-label="Back to the library">
          <IconArrowLeft size={16} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      <Link href="/" className={classes.library} tabIndex={-1}>
        Library
      </Link>
      {children !== undefined && <span aria-hidden>/</span>}
      {children}
    </div>
  )
}
