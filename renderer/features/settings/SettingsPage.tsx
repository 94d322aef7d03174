import { useIsFetching, useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import { useEffect, useRef } from 'react'
import { Link, useParams } from 'wouter'
import { useLoaded } from '../../shared/registry/features.ts'
import { TopBar } from '../../shared/ui/TopBar.tsx'
import classes from './SettingsPage.module.css'

/** The sections by their anchors, from top to bottom: `/settings/server` opens at the server. */
export function SettingsPage() {
  const { section } = useParams<{ section?: string }>()
  useScrollTo(section)
  const sections = useLoaded('settings')
    .flat()
    .sort((one, other) => one.order - other.order)
  return (
    <>
      <TopBar title={<h1>Settings</h1>} />
      <div className={classes.page}>
        <nav className={classes.index} aria-label="Sections">
          {sections.map(({ id, name }) => (
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
          {sections.map(({ id, name, Content }) => (
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
  const queries = useQueryClient()
  const fetching = useIsFetching()
  const shown = useRef<string>(undefined)
  useEffect(() => {
    // Asked anew: at the first rendering what the sections ask for has only just begun.
    if (section === undefined || section === shown.current || queries.isFetching() > 0) return
    shown.current = section
    document.getElementById(section)?.scrollIntoView({ block: 'start' })
    document.getElementById(`${section}-name`)?.focus({ preventScroll: true })
  }, [section, fetching, queries])
}
