import { Button } from '@mantine/core'
import { IconAlertTriangle, IconDatabase, IconLock, type TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { keepUnlisted, type MaintenanceState, startRebuild } from '../../../main/contract/index.ts'
import { useAct } from '../../shared/engine/queries.ts'
import { count, size } from '../../shared/format/size.ts'
import { dateTime } from '../../shared/format/time.ts'
import { toastDone } from '../../shared/ui/toast.tsx'
import { RunProgress } from './RunProgress.tsx'
import { useMaintenance } from './useMaintenance.ts'
import classes from './LibraryBanner.module.css'

/** Where a person finds all of it. */
const SETTINGS = '/settings/library'

/** Above the library: footage that it does not list, a rebuild under way, or that nothing can be changed. */
export function LibraryBanner() {
  const { data } = useMaintenance()
  if (!data) return null
  if (data.run?.kind === 'rebuild') {
    return (
      <section className={classes.banner} aria-label="Rebuilding the library">
        <RunProgress run={data.run} />
      </section>
    )
  }
  if (data.database === 'read_only') return <ReadOnly state={data} />
  return data.database === 'new' && data.unlisted.videos > 0 ? <Unlisted state={data} /> : null
}

/** ID-87 */
function Unlisted({ state: { unlisted, lastRebuild } }: { state: MaintenanceState }) {
  const [, navigate] = useLocation()
  const rebuild = useAct(startRebuild, 'maintenance')
  const keep = useAct(keepUnlisted, 'maintenance', 'system')
  const busy = rebuild.isPending || keep.isPending
  const videos = count(unlisted.videos, 'video')
  const stopped = lastRebuild?.errorMessage ?? null
  const startEmpty = (): void => {
    const show = { label: 'Show', run: () => navigate(SETTINGS) }
    // By its promise: this banner may be gone before the answer, and what is handed to `mutate` goes with it.
    keep.mutateAsync({}).then(
      () => toastDone(`Moved ${videos} to quarantine. Nothing was deleted.`, show),
      () => undefined, // Shown below.
    )
  }
  return (
    <Banner
      tone="asks"
      icon={IconDatabase}
      title={`${videos} in this folder ${unlisted.videos === 1 ? 'is' : 'are'} not in the library`}
      error={(rebuild.error ?? keep.error)?.message ?? (stopped && `The rebuild did not finish: ${stopped}`)}
      actions={
        <>
          <Button disabled={busy} onClick={() => rebuild.mutate({})}>
            Rebuild
          </Button>
          <Button variant="default" disabled={busy} onClick={startEmpty}>
            Start empty
          </Button>
        </>
      }
    >
      The database is new, or older than the footage: {size(unlisted.bytes)} are here and safe. A rebuild restores every
      video with its title and tags. Starting empty moves the videos to quarantine, where you can restore them.
    </Banner>
  )
}

function ReadOnly({ state: { snapshots } }: { state: MaintenanceState }) {
  const [, navigate] = useLocation()
  const [newest] = snapshots
  return (
    <Banner
      tone="warns"
      icon={IconLock}
      title="This library is read-only"
      error={null}
      actions={
        <Button variant="default" onClick={() => navigate(SETTINGS)}>
          What to do
        </Button>
      }
    >
      The database is damaged. Footage is not affected: you can watch and export, but not import or edit.
      {newest && ` The last good snapshot was made on ${dateTime(newest.madeAt)}.`}
    </Banner>
  )
}

interface BannerProps {
  tone: 'asks' | 'warns'
  icon: TablerIcon
  title: string
  /** Why something was not done, or null. */
  error: string | null
  /** What it means, and what is safe. */
  children: ReactNode
  actions: ReactNode
}

function Banner({ tone, icon: Icon, title, error, children, actions }: BannerProps) {
  return (
    <section className={classes.banner} data-tone={tone} aria-label={title}>
      <Icon size={18} stroke={1.75} aria-hidden className={classes.icon} />
      <div className={classes.about}>
        <strong>{title}</strong>
        <p>{children}</p>
        {error && (
          <p className={classes.error} role="alert">
            <IconAlertTriangle size={14} stroke={1.75} aria-hidden /> {error}
          </p>
        )}
      </div>
      <div className={classes.actions}>{actions}</div>
    </section>
  )
}
