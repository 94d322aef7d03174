import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { getCompletion, getVideo } from '../../../main/contract/index.ts'
import { mediaUrl } from '../../shared/engine/bridge.ts'
import { StepChart } from '../../shared/charts/StepChart.tsx'
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
const GUTTER = 40

function Curve({ dropOff, videoId, duration }: { dropOff: Tenths; videoId: string; duration: number | null }) {
  const worst = leavingMost(dropOff)
  return (
    <div>
      <StepChart values={dropOff.map(({ retention }) => retention)} height={HEIGHT} gutter={GUTTER} />
      <div className={classes.tenths} style={{ marginLeft: GUTTER }} aria-hidden>
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
