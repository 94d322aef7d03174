import { rate } from '../../shared/format/size.ts'
import { peakRate, type RatePoint, rateRuns, type RateSample } from './rate-history.ts'
import classes from './RateChart.module.css'

const WIDTH = 330
const HEIGHT = 42

/** The rate over the last two minutes, as a line under its peak. */
export function RateChart({ history }: { history: readonly RateSample[] }) {
  const runs = rateRuns(history, WIDTH, HEIGHT)
  const newest = runs.at(-1)?.at(-1)
  const peak = rate(peakRate(history))
  return (
    <figure className={classes.chart}>
      <figcaption>
        <span>Rate, last 2 min</span>
        <span>Peak {peak}</span>
      </figcaption>
      <svg viewBox={`0 -3 ${WIDTH} ${HEIGHT + 3}`} width={WIDTH} height={HEIGHT + 3} aria-hidden>
        <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className={classes.floor} />
        {runs.map((run) => (
          <g key={run[0]?.x}>
            <path d={areaOf(run)} className={classes.area} />
            <path d={lineOf(run)} className={classes.line} />
          </g>
        ))}
        {newest && <circle cx={Math.min(WIDTH - 3, newest.x)} cy={newest.y} r={3} className={classes.now} />}
      </svg>
    </figure>
  )
}

function lineOf(run: readonly RatePoint[]): string {
  return run.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')
}

function areaOf(run: readonly RatePoint[]): string {
  const [first, last] = [run[0], run.at(-1)]
  if (!first || !last) return ''
  return `${lineOf(run)}L${last.x.toFixed(1)} ${HEIGHT}L${first.x.toFixed(1)} ${HEIGHT}Z`
}
