import { Button, SegmentedControl } from '@mantine/core'
import { IconChartBar, IconPlayerPlayFilled } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { getAnalytics, getCatalogueVideo, type Period } from '../../../main/contract/index.ts'
import { videoPath } from '../../shared/navigation/paths.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { LoadError } from '../../shared/ui/LoadError.tsx'
import { Notice } from '../../shared/ui/Notice.tsx'
import { TopBar } from '../../shared/ui/TopBar.tsx'
import { Crumbs } from '../../shared/ui/Crumbs.tsx'
import { Devices, Places, Quarters } from './Audience.tsx'
import { PERIODS } from './figures.ts'
import { Retention } from './Retention.tsx'
import { Times } from './Times.tsx'
import { TopVideos } from './TopVideos.tsx'
import { Totals } from './Totals.tsx'
import { Realtime, Trends } from './Trends.tsx'
import { useView } from './view-store.ts'
import { ViewSeries } from './ViewSeries.tsx'
import classes from './AnalyticsPage.module.css'

const FAILED = 'The analytics could not be loaded'

/** The numbers of the whole library. */
export function LibraryAnalytics() {
  const { data, error, refetch } = useEngine('engagement', getAnalytics, { videoId: null })
  return (
    <>
      <TopBar title={<h1>Analytics</h1>} facts="Whole library">
        <PeriodSwitch />
      </TopBar>
      {error && !data && <LoadError title={FAILED} error={error} onRetry={refetch} />}
      {data?.totalViews === 0 && (
        <Empty title="No views yet">
          A view counts once a video has played for one second, here or on a shared page. All numbers stay on this
          computer.
        </Empty>
      )}
      {data && data.totalViews > 0 && (
        <Numbers videoId={null}>
          <TopVideos />
        </Numbers>
      )}
    </>
  )
}

/** The numbers of one video. */
export function VideoAnalytics({ videoId }: { videoId: string }) {
  const video = useEngine('engagement', getCatalogueVideo, { videoId })
  const { data, error, refetch } = useEngine('engagement', getAnalytics, { videoId })
  const problem = video.error ?? error
  return (
    <>
      <TopBar
        title={
          <Crumbs path="/analytics" name="Analytics">
            <h1>{video.data?.title ?? (problem ? 'Video not found' : '')}</h1>
          </Crumbs>
        }
      >
        {video.data?.hasFile && (
          <Button
            component={Link}
            href={videoPath(videoId)}
            variant="default"
            leftSection={<IconPlayerPlayFilled size={14} aria-hidden />}
          >
            Review
          </Button>
        )}
        <PeriodSwitch />
      </TopBar>
      {problem?.code === 'not_found' && !data && (
        <Empty title="This video is not in the library">{problem.message}</Empty>
      )}
      {problem && problem.code !== 'not_found' && !data && (
        <LoadError title={FAILED} error={problem} onRetry={refetch} />
      )}
      {data?.totalViews === 0 && (
        <Empty title="No views of this video yet">
          A view counts once the video has played for one second, here or on a shared page. All numbers stay on this
          computer.
        </Empty>
      )}
      {data && data.totalViews > 0 && (
        <Numbers
          videoId={videoId}
          first={<Retention videoId={videoId} duration={video.data?.durationSeconds ?? null} />}
        />
      )}
    </>
  )
}

interface NumbersProps {
  videoId: string | null
  /** What the period shows besides. */
  children?: ReactNode
  /** What stands first of all time. */
  first?: ReactNode
}

function Numbers({ videoId, children, first }: NumbersProps) {
  const period = useView((view) => view.period)
  return (
    <div className={classes.page}>
      <Realtime videoId={videoId} />
      <section className={classes.part} aria-labelledby="analytics-period">
        <h2 id="analytics-period">{PERIODS[period]}</h2>
        <Trends videoId={videoId} />
        <ViewSeries videoId={videoId} />
        <Times videoId={videoId} />
        {children}
      </section>
      <section className={classes.part} data-thirds aria-labelledby="analytics-all">
        <h2 id="analytics-all">
          All time
          {videoId === null && <span>Includes views of deleted videos.</span>}
        </h2>
        <Totals videoId={videoId} />
        {first}
        <Quarters videoId={videoId} />
        <Places videoId={videoId} />
        <Devices videoId={videoId} />
      </section>
    </div>
  )
}

const SHORT: Readonly<Record<Period, string>> = { '24h': '24 hours', '7d': '7 days', '30d': '30 days' }

function PeriodSwitch() {
  const { period, setPeriod } = useView()
  return (
    <SegmentedControl
      size="xs"
      aria-label="Period"
      value={period}
      onChange={setPeriod}
      data={(Object.keys(SHORT) as Period[]).map((value) => ({ value, label: SHORT[value] }))}
    />
  )
}

function Empty({ title, children }: { title: string; children: string }) {
  return (
    <Notice icon={IconChartBar} title={title} action={null}>
      {children}
    </Notice>
  )
}
