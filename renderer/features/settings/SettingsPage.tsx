import clsx from 'clsx'
import { useEffect } from 'react'
import { Link, useParams } from 'wouter'
import { TopBar } from '../../shared/ui/TopBar.tsx'
import { useMaintenance } from '../maintenance/useMaintenance.ts'
import { About } from './About.tsx'
import { Activity } from './Activity.tsx'
import { ApiKeys } from './ApiKeys.tsx'
import { Appearance } from './Appearance.tsx'
import { LibrarySection } from '../maintenance/library/LibrarySection.tsx'
import { Links } from './Links.tsx'
import { LocalServer } from './LocalServer.tsx'
import { Privacy } from '../engagement/privacy/Privacy.tsx'
import { Scenes } from './Scenes.tsx'
import { useSystem } from '../../shared/settings/useSystem.ts'
import { useWatchedFolders } from '../uploads/watched/useWatchedFolders.ts'
import { WatchedFolders } from '../uploads/watched/WatchedFolders.tsx'
import classes from './SettingsPage.module.css'

/** The sections by their anchors, from top to bottom: `/settings/server` opens at the server. */
const SECTIONS = [
  { id: 'appearance', name: 'Appearance', Content: Appearance },
  { id: 'scenes', name: 'Scenes', Content: Scenes },
  { id: 'watched', name: 'Watched folders', Content: WatchedFolders },
  { id: 'server', name: 'Local server', Content: LocalServer },
  { id: 'keys', name: 'API keys', Content: ApiKeys },
  { id: 'links', name: 'Shared links', Content: Links },
  { id: 'privacy', name: 'Privacy', Content: Privacy },
  { id: 'library', name: 'Library', Content: LibrarySection },
  { id: 'activity', name: 'Activity', Content: Activity },
  { id: 'about', name: 'About', Content: About },
] as const

export function SettingsPage() {
  const { section } = useParams<{ section?: string }>()
  useScrollTo(section)
  return (
    <>
      <TopBar title={<h1>Settings</h1>} />
      <div className={classes.page}>
        <nav className={classes.index} aria-label="Sections">
          {SECTIONS.map(({ id, name }) => (
            <Link
              key={id}
              href={`/settings/${id}`}
              className={clsx(classes.anchor, section === id && classes.current)}
              aria-current={section === id ? 'true' : undefined}
            >
              {name}
            </Link>
          ))}
        </nav>
        <div className={classes.sections}>
          {SECTIONS.map(({ id, name, Content }) => (
            <section key={id} id={id} className={classes.section} aria-labelledby={`${id}-name`}>
              <h2 id={`${id}-name`} tabIndex={-1}>
                {name}
              </h2>
              <Content />
            </section>
          ))}
        </div>
      </div>
    </>
  )
}

/** Brings a section into view once the facts above it have their size, and reading goes on from its heading. */
function useScrollTo(section: string | undefined): void {
  const system = useSystem()
  const watched = useWatchedFolders()
  const maintenance = useMaintenance()
  const isPending = system.isPending || watched.isPending || maintenance.isPending
  useEffect(() => {
    if (section === undefined || isPending) return
    document.getElementById(section)?.scrollIntoView({ block: 'start' })
    document.getElementById(`${section}-name`)?.focus({ preventScroll: true })
  }, [section, isPending])
}
