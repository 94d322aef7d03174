import { getDevices, getGeography, getWatchTimeDistribution } from '../../../main/contract/index.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { Bars } from './Bars.tsx'
import { capital } from './figures.ts'
import { Loading, NoData, Panel } from './Panel.tsx'

const NONE = 'No views yet.'

/** How many views end in each quarter. */
export function Quarters({ videoId }: { videoId: string | null }) {
  const { data } = useEngine('engagement', getWatchTimeDistribution, { videoId })
  return (
    <Panel name="Share watched" hint={videoId === null ? 'Of the watched video' : undefined}>
      {!data && <Loading height={130} />}
      {data?.totalViews === 0 && <NoData>{NONE}</NoData>}
      {data && data.totalViews > 0 && (
        <Bars
          name="Share watched"
          totalViews={data.totalViews}
          rows={data.quarters.map(({ from, to, ...rest }) => ({ name: QUARTERS[from] ?? `${from}–${to}%`, ...rest }))}
        />
      )}
    </Panel>
  )
}

const QUARTERS: Readonly<Record<number, string>> = {
  0: 'Under 25%',
  25: '25 to 50%',
  50: '50 to 75%',
  75: '75% or more',
}

/** What people watch on. */
export function Devices({ videoId }: { videoId: string | null }) {
  const { data } = useEngine('engagement', getDevices, { videoId })
  const sets = [
    ['Devices', data?.deviceTypes.map((row) => ({ ...row, name: capital(row.name) }))],
    ['Browsers', data?.browsers],
    ['Systems', data?.operatingSystems],
  ] as const
  return sets.map(([name, rows]) => (
    <Panel key={name} name={name}>
      {!rows && <Loading height={130} />}
      {rows?.length === 0 && <NoData>{NONE}</NoData>}
      {rows && rows.length > 0 && <Bars name={name} totalViews={data?.totalViews ?? 0} rows={rows.slice(0, MOST)} />}
    </Panel>
  ))
}

/** Where people watch. */
export function Places({ videoId }: { videoId: string | null }) {
  const { data } = useEngine('engagement', getGeography, { videoId })
  return (
    <>
      <Panel name="Countries" hint="Estimated">
        {!data && <Loading height={130} />}
        {data?.countries.length === 0 && <NoData>{NONE}</NoData>}
        {data && data.countries.length > 0 && (
          <Bars
            name="Countries"
            totalViews={data.totalViews}
            rows={data.countries.slice(0, MOST).map(({ country, ...rest }) => ({ name: country, ...rest }))}
          />
        )}
      </Panel>
      <Panel name="Cities" hint="Estimated">
        {!data && <Loading height={130} />}
        {data?.cities.length === 0 && (
          <NoData>No cities to show: this needs a city database and at least three viewers in a city.</NoData>
        )}
        {data && data.cities.length > 0 && (
          <Bars
            name="Cities"
            totalViews={data.totalViews}
            rows={data.cities.slice(0, MOST).map(({ city, countryCode, ...rest }) => ({
              name: countryCode === null ? city : `${city}, ${countryCode}`,
              ...rest,
            }))}
          />
        )}
      </Panel>
    </>
  )
}

/** Rows of a panel: what comes behind is a handful. */
const MOST = 8
