import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { getViewSeries, type Granularity } from '../../../main/contract/index.ts'
import { ColumnChart } from '../../shared/charts/ColumnChart.tsx'
import { useEngine } from '../../shared/engine/queries.ts'
import { count } from '../../shared/format/size.ts'
import { DataTable } from './DataTable.tsx'
import { bucketName, GRANULARITIES, watched } from './figures.ts'
import { Loading, NoData, Panel } from './Panel.tsx'
import { TIME_ZONE, useView } from './view-store.ts'

const HEIGHT = 188
const NAMES: Readonly<Record<Granularity, string>> = { hourly: 'Hours', daily: 'Days', weekly: 'Weeks' }

/** Views over time. */
export function ViewSeries({ videoId }: { videoId: string | null }) {
  const period = useView((view) => view.period)
  const [wanted, setWanted] = useState<Granularity>('daily')
  const offered = GRANULARITIES[period]
  const granularity = offered.includes(wanted) ? wanted : (offered[0] ?? 'daily')
  const input = { videoId, period, granularity, timeZone: TIME_ZONE }
  const { data } = useEngine('engagement', getViewSeries, input, { keepPrevious: true })
  const some = data?.buckets.some(({ views }) => views > 0)
  return (
    <Panel
      name="Views over time"
      wide
      aside={
        offered.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label="Interval"
            value={granularity}
            onChange={setWanted}
            data={offered.map((value) => ({ value, label: NAMES[value] }))}
          />
        )
      }
    >
      {!data && <Loading height={HEIGHT} />}
      {data && !some && <NoData>No views in this period.</NoData>}
      {data && some && (
        <>
          <ColumnChart
            name="Views over time"
            height={HEIGHT}
            columns={data.buckets.map(({ startsAt, views, uniqueViewers, watchTime }) => ({
              name: bucketName(startsAt, axisOf(data.granularity, data.buckets.length), true),
              value: views,
              text: `${bucketName(startsAt, data.granularity)}: ${count(views, 'view')}, ${count(uniqueViewers, 'viewer')}, ${watched(watchTime)} watched`,
            }))}
          />
          <DataTable
            caption="Views over time"
            columns={['From', 'Views', 'Viewers', 'Watch time']}
            rows={data.buckets
              .filter(({ views }) => views > 0)
              .map(({ startsAt, views, uniqueViewers, watchTime }) => [
                bucketName(startsAt, data.granularity),
                views,
                uniqueViewers,
                watched(watchTime),
              ])}
          />
        </>
      )}
    </Panel>
  )
}

/** Over several days, hours are named by their day. */
function axisOf(granularity: Granularity, buckets: number): Granularity {
  return granularity === 'hourly' && buckets > 24 ? 'daily' : granularity
}
