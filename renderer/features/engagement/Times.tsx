import { getDashboard } from '../../../main/contract/index.ts'
import { ColumnChart } from '../../shared/charts/ColumnChart.tsx'
import { useEngine } from '../../shared/engine/queries.ts'
import { count } from '../../shared/format/size.ts'
import { DataTable } from './DataTable.tsx'
import { hourName, wholeDay } from './figures.ts'
import { Loading, NoData, Panel } from './Panel.tsx'
import { TIME_ZONE, useView } from './view-store.ts'
import classes from './Times.module.css'

/** At what hour, and on which days, people watch. */
export function Times({ videoId }: { videoId: string | null }) {
  const period = useView((view) => view.period)
  const input = { videoId, period, timeZone: TIME_ZONE }
  const { data } = useEngine('engagement', getDashboard, input, { keepPrevious: true })
  const hours = wholeDay(data?.peakHours ?? [])
  return (
    <>
      <Panel name="Hours of the day" hint="In this computer’s time zone">
        {!data && <Loading height={116} />}
        {data?.peakHours.length === 0 && <NoData>No views in this period.</NoData>}
        {data && data.peakHours.length > 0 && (
          <>
            <ColumnChart
              name="Views by hour of the day"
              height={116}
              columns={hours.map((views, hour) => ({
                name: hourName(hour),
                value: views,
                text: `${hourName(hour)}: ${count(views, 'view')}`,
              }))}
            />
            <DataTable
              caption="Views by hour of the day"
              columns={['Hour', 'Views']}
              rows={data.peakHours.map(({ hour, views }) => [hourName(hour), views])}
            />
          </>
        )}
      </Panel>
      <Panel name="Best days">
        {!data && <Loading height={116} />}
        {data?.bestDays.length === 0 && <NoData>No views in this period.</NoData>}
        {data && data.bestDays.length > 0 && (
          <ol className={classes.days}>
            {data.bestDays.map(({ date, weekday, views }) => (
              <li key={date}>
                <span>
                  {weekday}, {dayOf(date)}
                </span>
                <span>{count(views, 'view')}</span>
              </li>
            ))}
          </ol>
        )}
      </Panel>
    </>
  )
}

/** A calendar day, which no clock may turn into the one before. */
function dayOf(date: string): string {
  return new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long' })
}
