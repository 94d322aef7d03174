import { Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconServer, IconSettings, type TablerIcon } from '@tabler/icons-react'
import clsx from 'clsx'
import { Link, useLocation } from 'wouter'
import { getServer, getSystem, listImports, listTasks, listVideos } from '../../main/contract/index.ts'
import { useMediaDrop } from '../shared/media/drag.ts'
import { ALBUMS_PATH } from '../features/albums/paths.ts'
import { chooseAlbumFor } from '../features/albums/picker/picker-state.ts'
import { RailAlbums, useNewestAlbums } from '../features/albums/rail/RailAlbums.tsx'
import { useEngine } from '../shared/engine/queries.ts'
import { size } from '../shared/format/size.ts'
import { Brand } from './Brand.tsx'
import { PLACES } from './navigation.ts'
import classes from './Rail.module.css'

/** Below this width, and beside a player, the rail shows icons only. */
const NARROW = '(max-width: 960px)'
/** Places whose number says that something goes on there. */
const WORKING: ReadonlySet<string> = new Set(['/uploads', '/tasks'])
const SLIM_PAGES = /^\/(videos\/|tasks\/vt_)/

export function Rail() {
  const [location] = useLocation()
  const narrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false }) ?? false
  const slim = narrow || SLIM_PAGES.test(location)
  const counts = useCounts()
  const { data: server } = useEngine('server', getServer, {})
  // Where no album is in sight, too, as in a narrow rail: which one is asked then.
  const drop = useMediaDrop(({ media }) => chooseAlbumFor(media))
  return (
    <nav className={clsx(classes.rail, slim && classes.slim)} aria-label="Places">
      <Brand slim={slim} />
      <div className={classes.places}>
        {PLACES.map(({ path, name, icon }) => (
          <RailLink
            key={path}
            path={path}
            name={name}
            icon={icon}
            slim={slim}
            note={counts[path]}
            {...(path === ALBUMS_PATH && { drop })}
          />
        ))}
      </div>
      {!slim && <RailAlbums />}
      <div className={classes.foot}>
        {!slim && <Disk />}
        <RailLink
          path="/settings"
          section="server"
          name="Local server"
          icon={IconServer}
          slim={slim}
          note={server?.url ? `Port ${new URL(server.url).port}` : 'Off'}
          quiet
        />
        <RailLink path="/settings" name="Settings" icon={IconSettings} slim={slim} />
      </div>
    </nav>
  )
}

interface RailLinkProps {
  path: string
  /** The part of the place it leads to. */
  section?: string
  name: string
  icon: TablerIcon
  slim: boolean
  note?: string | undefined
  /** Never shown as the current place. */
  quiet?: boolean
  /** What becomes of media dropped on it. */
  drop?: ReturnType<typeof useMediaDrop>
}

function RailLink({ path, section, name, icon: Icon, slim, note, quiet = false, drop }: RailLinkProps) {
  const [location] = useLocation()
  const current = !quiet && isWithin(location, path)
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
        {slim && note && WORKING.has(path) && <span className={classes.dot} />}
      </Link>
    </Tooltip>
  )
}

/** Whether a location is a place or lies below it; the videos' own pages lie below the library. */
function isWithin(location: string, path: string): boolean {
  return location === path || location.startsWith(path === '/' ? '/videos/' : `${path}/`)
}

/** How many videos and albums there are, how many imports run or need somebody, and how many tasks run. */
function useCounts(): Record<string, string | undefined> {
  const { data: library } = useEngine('videos', listVideos, { limit: 1 })
  const { data: imports } = useEngine('imports', listImports, {})
  const { data: running } = useEngine('tasks', listTasks, { status: 'running', limit: 100 })
  const { data: albums } = useNewestAlbums()
  const open = imports?.imports.filter(({ status }) => status !== 'completed' && status !== 'cancelled').length ?? 0
  return {
    '/': library && library.total > 0 ? library.total.toLocaleString('en-GB') : undefined,
    '/uploads': open > 0 ? String(open) : undefined,
    '/tasks': running && running.tasks.length > 0 ? String(running.tasks.length) : undefined,
    [ALBUMS_PATH]: albums && albums.total > 0 ? albums.total.toLocaleString('en-GB') : undefined,
  }
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
