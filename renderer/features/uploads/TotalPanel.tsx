import { IconAlertTriangle } from '@tabler/icons-react'
import { count, rate, sizeOf } from '../../shared/format/size.ts'
import { span } from '../../shared/format/time.ts'
import { RateChart } from './RateChart.tsx'
import type { Totals } from './totals.ts'
import { useRateHistory } from './useRateHistory.ts'
import classes from './TotalPanel.module.css'

/** All uploads as one: how far, how fast, how long, and whether somebody is needed. */
export function TotalPanel({ totals }: { totals: Totals }) {
  const {
    percent,
    bytesStored,
    bytes,
    bytesPerSecond,
    secondsLeft,
    files,
    filesDone,
    waiting,
    paused,
    needYou,
    active,
  } = totals
  const history = useRateHistory(bytesPerSecond, active)
  return (
    <section className={classes.panel} aria-label="All uploads">
      <div className={classes.top}>
        <div>
          <div className={classes.whole}>
            {files > 0 && <strong>{percent}%</strong>}
            <span>{files > 0 ? sizeOf(bytesStored, bytes) : 'Nothing to copy'}</span>
          </div>
          <dl className={classes.facts}>
            {bytesPerSecond > 0 && <Fact name="Rate" value={rate(bytesPerSecond)} />}
            {secondsLeft !== null && <Fact name="Left" value={span(secondsLeft)} />}
            {files > 0 && (
              <Fact
                name="Files"
                value={`${filesDone.toLocaleString('en-GB')} of ${files.toLocaleString('en-GB')} copied`}
              />
            )}
            {waiting > 0 && <Fact name="Waiting" value={waiting.toLocaleString('en-GB')} />}
            {paused > 0 && <Fact name="Paused" value={paused.toLocaleString('en-GB')} />}
            {needYou > 0 && (
              <div className={classes.needs}>
                <dt className={classes.hidden}>Attention</dt>
                <dd>
                  <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
                  {count(needYou, 'needs you', 'need you')}
                </dd>
              </div>
            )}
          </dl>
        </div>
        {history.length > 1 && <RateChart history={history} />}
      </div>
      {files > 0 && <TotalBar totals={totals} />}
    </section>
  )
}

function TotalBar({ totals: { percent, bytesStored, bytes, active } }: { totals: Totals }) {
  return (
    <div
      className={classes.track}
      data-resting={(!active && percent < 100) || undefined}
      role="progressbar"
      aria-label="All uploads"
      aria-valuenow={percent}
      aria-valuetext={`${percent}%, ${sizeOf(bytesStored, bytes)}`}
    >
      <div style={{ width: `${bytes === 0 ? 0 : (100 * bytesStored) / bytes}%` }} />
    </div>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
