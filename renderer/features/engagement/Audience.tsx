import { getDevices, getGeography, getWatchTimeDistribution } from '../../../main/contract/index.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { Bars } from './Bars.tsx'
import { capital } from './figures.ts'
import { Awaited, Nothing, Panel } from './Panel.tsx'

const NONE = 'Nobody has watched yet.'

/** How many views end in each quarter. */
export function Quarters({ videoId }: { videoId: string | null }) {
  const { data } = useEngine('engagement', getWatchTimeDistribution, { videoId })
  return (
    <Panel name="How much was seen" hint={videoId === null ? 'Of the video that was watched' : undefined}>
      {!data && <Awaited height={130} />}
      {data?.totalViews === 0 && <Nothing>{NONE}</Nothing>}
      {data && data.totalViews > 0 && (
        <Bars
          name="How much was seen"
          totalViews={data.totalViews}
          rows={data.quarters.map(({ from, to, ...rest }) => ({ name: QUARTERS[from] ?? `${from}–${to}%`, ...rest }))}
        />
      )}
    </Panel>
  )
}

const QUARTERS: Readonly<Record<number, string>> = {
  0: 'Less than a quarter',
  25: 'A quarter to a half',
  50: 'A half to three quarters',
  75: 'Three quarters and more',
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
      {!rows && <Awaited height={130} />}
      {rows?.length === 0 && <Nothing>{NONE}</Nothing>}
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
        {!data && <Awaited height={130} />}
        {data?.countries.length === 0 && <Nothing>{NONE}</Nothing>}
        {data && data.countries.length > 0 && (
          <Bars
            name="Countries"
            totalViews={data.totalViews}
            rows={data.countries.slice(0, MOST).map(({ country, ...rest }) => ({ name: country, ...rest }))}
          />
        )}
      </Panel>
      <Panel name="Cities" hint="Estimated">
        {!data && <Awaited height={130} />}
        {data?.cities.length === 0 && (
          <Nothing>No city is known: that takes a table of cities, and three viewers in one of them.</Nothing>
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
