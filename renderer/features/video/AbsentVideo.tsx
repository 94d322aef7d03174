import { Button } from '@mantine/core'
import { IconAlertTriangle, IconArrowLeft, IconMovieOff, type TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { TopBar } from '../../shared/ui/TopBar.tsx'
import { Crumbs } from '../../shared/ui/Crumbs.tsx'
import classes from './AbsentVideo.module.css'

/** Said where the library has no such video. */
export function MissingVideo() {
  return (
    <Absent icon={IconMovieOff} title="This video is not in the library">
      <p>It was deleted, or the link is older than the library. A deletion can be undone for 10 minutes.</p>
      <BackToLibrary />
    </Absent>
  )
}

/** Said where the engine could not tell. */
export function UnreadVideo({ message, onRetry }: { message: string; onRetry: () => void }) {
  return (
    <Absent icon={IconAlertTriangle} title="This video could not be opened">
      <p>{message}</p>
      <div className={classes.actions}>
        <Button onClick={onRetry}>Try again</Button>
        <BackToLibrary />
      </div>
    </Absent>
  )
}

function BackToLibrary() {
  return (
    <Button component={Link} href="/" variant="default" leftSection={<IconArrowLeft size={16} stroke={1.75} />}>
      Back to the library
    </Button>
  )
}

function Absent({ icon: Icon, title, children }: { icon: TablerIcon; title: string; children: ReactNode }) {
  return (
    <>
      <TopBar title={<Crumbs />} />
      <div className={classes.absent}>
        <Icon size={28} stroke={1.75} aria-hidden />
        <h1>{title}</h1>
        {children}
      </div>
    </>
  )
}
