import { Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconServer, IconSettings, type TablerIcon } from '@tabler/icons-react'
import clsx from 'clsx'
import { Link, matchRoute, useLocation, useRouter } from 'wouter'
import { getServer, getSystem } from '../../main/contract/index.ts'
import { useEngine } from '../shared/engine/queries.ts'
import { size } from '../shared/format/size.ts'
import { useMediaDrop } from '../shared/media/drag.ts'
import type { RailEntry } from '../shared/registry/feature.ts'
import { useContributions } from '../shared/registry/features.ts'
import { Brand } from './Brand.tsx'
import classes from './Rail.module.css'

/** Below this width, and beside a player, the rail shows icons only. */
const NARROW = '(max-width: 960px)'

export function Rail() {
  const narrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false }) ?? false
  const slim = useSlimRoute() || narrow
  const entries = useContributions('rail')
  const sections = useContributions('RailSection')
  const { data: server } = useEngine('server', getServer, {})
  return (
    <nav className={clsx(classes.rail, slim && classes.slim)} aria-label="Places">
      <Brand slim={slim} />
      <div className={classes.places}>
        {entries.map((entry) => (
          <RailPlace key={entry.path} entry={entry} slim={slim} />
        ))}
      </div>
      {!slim && sections.map((Section, index) => <Section key={index} />)}
      <div className={classes.foot}>
        {!slim && <Disk />}
        <RailLink
          path="/settings"
          section="server"
          name="Local server"
          icon={IconServer}
          slim={slim}
          note={server?.url ? `Port ${new URL(server.url).port}` : 'Off'}
          current={false}
        />
        <RailLink path="/settings" name="Settings" icon={IconSettings} slim={slim} />
      </div>
    </nav>
  )
}

/** Whether the page that is shown leaves the rail no room for names. */
function useSlimRoute(): boolean {
  const [location] = useLocation()
  const { parser } = useRouter()
  const route = useContributions('routes').find(({ path }) => matchRoute(parser, path, location)[0])
  return route?.slimRail ?? false
}

function RailPlace({ entry, slim }: { entry: RailEntry; slim: boolean }) {
  const { path, name, icon, parentOf, notesWork, onDrop = ignore, useNote = none } = entry
  const [location] = useLocation()
  const note = useNote()
  const drop = useMediaDrop(onDrop)
  return (
    <RailLink
      {...{ path, name, icon, slim, note }}
      current={isWithin(location, path) || (parentOf !== undefined && location.startsWith(parentOf))}
      dot={notesWork === true}
      {...(entry.onDrop && { drop })}
    />
  )
}

const none = (): undefined => undefined
const ignore = (): void => undefined

interface RailLinkProps {
  path: string
  /** The part of the place it leads to. */
  section?: string
  name: string
  icon: TablerIcon
  slim: boolean
  note?: string | undefined
  /** Whether it is the place that is shown. By its path, when not given. */
  current?: boolean
  /** Whether a slim rail shows a dot for the note. */
  dot?: boolean
  /** What becomes of media dropped on it. */
  drop?: ReturnType<typeof useMediaDrop>
}

function RailLink({ path, section, name, icon: Icon, slim, note, dot = false, drop, ...rest }: RailLinkProps) {
  const [location] = useLocation()
  const { current = isWithin(location, path) } = rest
  return (
    <Tooltip label={note ? `${name}, ${note}` : name} position="right" disabled={!slim}>
      <Link
        href={section ? `${path}/${section}` : path}
        className={clsx(classes.link, current && classes.current)}
        aria-current={current ? 'page' : undefined}
        aria-label={slim ? name : undefined}
        data-dragging={drop?.dragging === true || undefined}
        data-over={drop?.over === true || undefined}
        {...drop?.listeners}
      >
        <Icon size={slim ? 20 : 18} stroke={1.75} aria-hidden />
        {!slim && <span className={classes.name}>{name}</span>}
        {!slim && note && <span className={classes.note}>{note}</span>}
        {slim && note && dot && <span className={classes.dot} />}
      </Link>
    </Tooltip>
  )
}

/** Whether a location is a place or lies below it. */
function isWithin(location: string, path: string): boolean {
  return location === path || (path !== '/' && location.startsWith(`${path}/`))
}

function Disk() {
  const { data } = useEngine('system', getSystem, {})
  if (data?.storage !== 'ok') return null
  const { usedBytes, freeBytes } = data.disk
  const share = usedBytes / Math.max(1, usedBytes + freeBytes)
  return (
    <div className={classes.disk}>
      <span>Disk</span>
      <span>
        {usedBytes > 0 && `${size(usedBytes)} used, `}
        {size(freeBytes)} free
      </span>
      <div className={classes.meter} role="meter" aria-label="Disk in use" aria-valuenow={Math.round(share * 100)}>
        <div style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  )
}
