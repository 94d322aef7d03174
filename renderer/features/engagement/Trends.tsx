import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react'
import { getDashboard } from '../../../main/contract/index.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { count } from '../../shared/format/size.ts'
import { FEW_VIEWS, percent, trendText, type TrendText, watched } from './figures.ts'
import { Loading } from './Panel.tsx'
import { TIME_ZONE, useView } from './view-store.ts'
import classes from './Figures.module.css'

const ICONS = { up: IconArrowUpRight, down: IconArrowDownRight, same: IconArrowRight } as const

/** The period in four numbers, each against the equal period before. */
export function Trends({ videoId }: { videoId: string | null }) {
  const period = useView((view) => view.period)
  const input = { videoId, period, timeZone: TIME_ZONE }
  const { data } = useEngine('engagement', getDashboard, input, { keepPrevious: true })
  if (!data) return <Loading height={78} />
  const { views, uniqueViewers, watchTime, averageCompletion } = data.trends
  const whole = (value: number): string => value.toLocaleString('en-GB')
  // A change is only as sure as the views that it rests on.
  const few = views.previous < FEW_VIEWS ? Infinity : 0
  return (
    <dl className={classes.figures}>
      <Figure name="Views" value={whole(views.current)} trend={trendText(views, whole, FEW_VIEWS)} />
      <Figure name="Viewers" value={whole(uniqueViewers.current)} trend={trendText(uniqueViewers, whole, FEW_VIEWS)} />
      <Figure name="Watch time" value={watched(watchTime.current)} trend={trendText(watchTime, watched, few)} />
      <Figure
        name="Average watched"
        value={views.current === 0 ? 'None' : percent(averageCompletion.current)}
        trend={trendText(averageCompletion, percent, few)}
      />
    </dl>
  )
}

interface FigureProps {
  name: string
  value: string
  trend?: TrendText
}

export function Figure({ name, value, trend }: FigureProps) {
  const Icon = trend && ICONS[trend.direction]
  return (
    <div>
      <dt>{name}</dt>
      <dd className={classes.value}>{value}</dd>
      {trend && Icon && (
        <dd className={classes.trend}>
          <Icon size={14} stroke={1.75} aria-hidden /> {trend.text}
        </dd>
      )}
    </div>
  )
}

/** How often the last hour is asked for again while it is looked at: people come and go without a word. */
const REALTIME_MS = 15_000

/** Who watches now. */
export function Realtime({ videoId }: { videoId: string | null }) {
  const period = useView((view) => view.period)
  const input = { videoId, period, timeZone: TIME_ZONE, includeRealtime: true }
  const { data } = useEngine('engagement', getDashboard, input, { keepPrevious: true, refetchInterval: REALTIME_MS })
  const realtime = data?.realtime
  if (!realtime) return <p className={classes.realtime}>&nbsp;</p>
  const { activeViewers, views, uniqueViewers, watchTime } = realtime
  return (
    <p className={classes.realtime}>
      <i data-on={activeViewers > 0 || undefined} aria-hidden />
      <b>
        {activeViewers > 0
          ? `${activeViewers.toLocaleString('en-GB')} watching in the last five minutes`
          : 'Nobody is watching now'}
      </b>
      {views > 0
        ? `In the last hour ${count(views, 'view')} by ${count(uniqueViewers, 'viewer')}, ${watched(watchTime)} watched`
        : 'No views in the last hour'}
    </p>
  )
}
