import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { getViewSeries, type Granularity } from '../../../main/contract/index.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { count } from '../../shared/format/size.ts'
import { Columns } from './Columns.tsx'
import { DataTable } from './DataTable.tsx'
import { bucketName, GRANULARITIES, namedBuckets, watched } from './figures.ts'
import { Loading, NoData, Panel } from './Panel.tsx'
import { TIME_ZONE, useView } from './view-store.ts'
import classes from './ViewSeries.module.css'

const HEIGHT = 168
const NAMES: Readonly<Record<Granularity, string>> = { hourly: 'Hours', daily: 'Days', weekly: 'Weeks' }

/** Views over time. */
export function ViewSeries({ videoId }: { videoId: string | null }) {
  const period = useView((view) => view.period)
  const [wanted, setWanted] = useState<Granularity>('daily')
  const [pointed, setPointed] = useState<number | null>(null)
  const offered = GRANULARITIES[period]
  const granularity = offered.includes(wanted) ? wanted : (offered[0] ?? 'daily')
  const input = { videoId, period, granularity, timeZone: TIME_ZONE }
  const { data } = useEngine('engagement', getViewSeries, input, { keepPrevious: true })
  const buckets = data?.buckets ?? []
  const some = buckets.some(({ views }) => views > 0)
  const bucket = pointed === null ? undefined : buckets[pointed]
  return (
    <Panel
      name="Views over time"
      wide
      aside={
        <div className={classes.aside}>
          {bucket && data && (
            <span>
              {bucketName(bucket.startsAt, data.granularity)}: <b>{count(bucket.views, 'view')}</b>,{' '}
              {count(bucket.uniqueViewers, 'viewer')}, {watched(bucket.watchTime)} watched
            </span>
          )}
          {offered.length > 1 && (
            <SegmentedControl
              size="xs"
              aria-label="Interval"
              value={granularity}
              onChange={setWanted}
              data={offered.map((value) => ({ value, label: NAMES[value] }))}
            />
          )}
        </div>
      }
    >
      {!data && <Loading height={HEIGHT + 20} />}
      {data && !some && <NoData>No views in this period.</NoData>}
      {data && some && (
        <>
          <Columns
            values={buckets.map(({ views }) => views)}
            height={HEIGHT}
            names={(width) =>
              namedBuckets(buckets.length, width).map((at) => ({
                at,
                name: bucketName(buckets[at]?.startsAt ?? '', axisOf(data.granularity, buckets.length), true),
              }))
            }
            pointed={pointed}
            onPoint={setPointed}
          />
          <DataTable
            caption="Views over time"
            columns={['From', 'Views', 'Viewers', 'Watch time']}
            rows={buckets
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

/** Hours of several days are told apart by their days. */
function axisOf(granularity: Granularity, buckets: number): Granularity {
  return granularity === 'hourly' && buckets > 24 ? 'daily' : granularity
}
