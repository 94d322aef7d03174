import '@mantine/charts/styles.css'
import { AreaChart } from '@mantine/charts'
import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { getCompletion, getVideo } from '../../../main/contract/index.ts'
import { mediaUrl } from '../../shared/engine/bridge.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { clockRange } from '../../shared/format/time.ts'
import { spriteStyle } from '../../shared/media/sprite.ts'
import { DataTable } from './DataTable.tsx'
import { capital, FEW_VIEWS, percent, tooFew } from './figures.ts'
import { Loading, NoData, Panel } from './Panel.tsx'
import { leavingMost } from './retention.ts'
import classes from './Retention.module.css'

/** How many of those who began still watch, over the film itself; of all, or of those on one kind of device. */
export function Retention({ videoId, duration }: { videoId: string; duration: number | null }) {
  const [device, setDevice] = useState(ALL)
  const { data } = useEngine('engagement', getCompletion, { videoId, byDevice: true })
  const devices = data?.byDevice ?? []
  const shown = devices.find((one) => one.device === device) ?? data
  const few = shown !== undefined && shown.totalViews < FEW_VIEWS
  return (
    <Panel
      name="Audience retention"
      wide
      hint={shown && !few ? summaryOf(shown) : undefined}
      aside={
        devices.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label="Device"
            value={shown === data ? ALL : device}
            onChange={setDevice}
            data={[
              { value: ALL, label: 'All' },
              ...devices.map((one) => ({ value: one.device, label: capital(one.device) })),
            ]}
          />
        )
      }
    >
      {!shown && <Loading height={190} />}
      {shown && few && <NoData>{tooFew(shown.totalViews, 'a curve')}</NoData>}
      {shown && !few && <Curve dropOff={shown.dropOff} videoId={videoId} duration={duration} />}
    </Panel>
  )
}

const ALL = 'all'

type Answer = z.output<(typeof getCompletion)['output']>
type Tenths = Answer['dropOff']

function summaryOf({
  completionRate,
  averageCompletion,
}: Pick<Answer, 'completionRate' | 'averageCompletion'>): string {
  return `${percent(averageCompletion)} watched on average; ${percent(completionRate)} of views reach the last tenth`
}

const HEIGHT = 122
/** Room for the percentages on the left, as the pictures below leave it. */
const AXIS = 40

function Curve({ dropOff, videoId, duration }: { dropOff: Tenths; videoId: string; duration: number | null }) {
  // In steps: when somebody left within a tenth is unknown. The last value ends its step.
  const steps = [...dropOff, ...dropOff.slice(-1)].map(({ retention }, at) => ({ at, retention }))
  const worst = leavingMost(dropOff)
  return (
    <div>
      <AreaChart
        aria-hidden
        h={HEIGHT}
        data={steps}
        dataKey="at"
        series={[{ name: 'retention', color: 'var(--fr-accent)' }]}
        curveType="stepAfter"
        withGradient={false}
        fillOpacity={0.14}
        withDots={false}
        withXAxis={false}
        withTooltip={false}
        gridColor="var(--fr-line)"
        strokeDasharray="none"
        textColor="var(--fr-t3)"
        unit="%"
        yAxisProps={{ width: AXIS, domain: [0, 100], ticks: [0, 50, 100] }}
        areaProps={{ isAnimationActive: false }}
        areaChartProps={{ accessibilityLayer: false, margin: { top: 6, right: 0, bottom: 6, left: 0 } }}
      />
      <div className={classes.tenths} style={{ marginLeft: AXIS }} aria-hidden>
        <span className={classes.leftName}>Left</span>
        {dropOff.map(({ from, to, reached, ended }, index) => (
          <div
            key={from}
            className={classes.tenth}
            title={`${partOf(from, to, duration)}: reached by ${reached}, ended for ${ended}`}
          >
            <Picture videoId={videoId} part={(index + 0.5) / dropOff.length} />
            <span className={classes.left} data-worst={index === worst || undefined}>
              {index < dropOff.length - 1 && ended > 0 && `−${ended.toLocaleString('en-GB')}`}
            </span>
          </div>
        ))}
      </div>
      {worst !== null && <p className={classes.words}>{worstText(dropOff, worst, duration)}</p>}
      <DataTable
        caption="Audience retention"
        columns={['Part of the video', 'Views that reached it', 'Share', 'Ended here']}
        rows={dropOff.map(({ from, to, reached, ended, retention }) => [
          partOf(from, to, duration),
          reached,
          percent(retention),
          ended,
        ])}
      />
    </div>
  )
}

/** A picture of the film at a part of its length, from the sheet of small ones. */
function Picture({ videoId, part }: { videoId: string; part: number }) {
  const { data: video } = useEngine('videos', getVideo, { videoId })
  const sprite = video?.sprite
  const url = mediaUrl(sprite?.url)
  if (!sprite || !url) return <span className={classes.picture} />
  const style = spriteStyle(sprite, Math.min(sprite.count - 1, Math.floor(part * sprite.count)))
  return (
    <span className={classes.picture}>
      <span
        data-wide={sprite.width > sprite.height || undefined}
        style={{
          ...style,
          aspectRatio: `${sprite.width} / ${sprite.height}`,
          backgroundImage: `url("${url}")`,
        }}
      />
    </span>
  )
}

function partOf(from: number, to: number, duration: number | null): string {
  return duration === null ? `${from}–${to}%` : clockRange((from / 100) * duration, (to / 100) * duration)
}

function worstText(dropOff: Tenths, worst: number, duration: number | null): string {
  const tenth = dropOff[worst]
  if (!tenth) return ''
  return `Most viewers stop at ${partOf(tenth.from, tenth.to, duration)}: ${tenth.ended.toLocaleString('en-GB')} of ${tenth.reached.toLocaleString('en-GB')}.`
}
