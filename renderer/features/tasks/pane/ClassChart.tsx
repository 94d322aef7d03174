import { useElementSize } from '@mantine/hooks'
import { useLayoutEffect, useMemo, useRef } from 'react'
import type { Task } from '../../../../main/contract/index.ts'
import { clock } from '../../../shared/format/time.ts'
import { usePlaybackState, usePlayer } from '../../player/player.ts'
import { rulerTicks } from '../../player/ruler.ts'
import { classColours } from '../record/colours.ts'
import { useCurrentFrame, useRecord, useSession, useSessionState } from '../session.ts'
import { areasOf, levelsOf } from './areas.ts'
import classes from './ClassChart.module.css'

const HEIGHT = 96
/** Room for the numbers on the left. */
const AXIS = 24

/** How many of each class are in frame, over the time of the video. A press goes there. */
export function ClassChart({ task }: { task: Task }) {
  const session = useSession()
  const record = useRecord()
  const version = useSessionState((state) => state.version)
  const { playback } = usePlayer()
  const duration = usePlaybackState((state) => state.duration) || (task.video?.durationSeconds ?? 0)
  const { ref, width } = useElementSize<HTMLDivElement>()
  const plot = Math.max(0, width - AXIS)
  const colours = classColours(record.classes)
  const { areas, levels } = useMemo(() => {
    const top = levelsOf(record.counts.most)
    const scale = { width: plot, height: HEIGHT, seconds: duration, most: top.at(-1) ?? 1 }
    return { areas: plot > 0 ? areasOf(record.counts, record.classes.length, scale) : [], levels: top }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the record grows in place: its version says when
  }, [record, version, plot, duration])
  const most = levels.at(-1) ?? 1
  const perSecond = duration > 0 ? plot / duration : 0
  const goTo = (x: number): void => {
    session.hold()
    playback.pause()
    if (perSecond > 0) playback.seek(x / perSecond)
  }
  return (
    <section className={classes.chart} aria-label="In frame by class">
      <div className={classes.head}>
        <h2>In frame by class</h2>
        <Legend colours={colours} />
      </div>
      <div ref={ref} className={classes.plot}>
        {width > 0 && (
          <svg width={width} height={HEIGHT + 20} aria-hidden>
            {levels.map((level) => {
              const y = HEIGHT - (level / most) * (HEIGHT - 6)
              return (
                <g key={level}>
                  <line className={classes.level} x1={AXIS} x2={width} y1={y} y2={y} />
                  <text className={classes.number} x={AXIS - 8} y={y + 3.5} textAnchor="end">
                    {level}
                  </text>
                </g>
              )
            })}
            <g transform={`translate(${AXIS} 0)`}>
              {areas.map((path, index) => (
                <path key={record.classes[index]} d={path} style={{ color: `var(--fr-k${colours[index]})` }} />
              ))}
              {rulerTicks(perSecond, duration, { start: 0, end: duration }).map(
                ({ time, label }) =>
                  label !== null &&
                  time * perSecond < plot - 20 && (
                    <text key={time} className={classes.number} x={time * perSecond} y={HEIGHT + 16}>
                      {label}
                    </text>
                  ),
              )}
              <Line perSecond={perSecond} />
              <rect
                width={plot}
                height={HEIGHT}
                fill="transparent"
                onPointerDown={({ clientX, currentTarget }) =>
                  goTo(clientX - currentTarget.getBoundingClientRect().left)
                }
              />
            </g>
          </svg>
        )}
      </div>
    </section>
  )
}

/** The classes seen, with how many are in the frame at the playhead. */
function Legend({ colours }: { colours: readonly number[] }) {
  const record = useRecord()
  const frame = useCurrentFrame()
  const counts = record.classes.map(() => 0)
  const [from, to] = frame < 0 ? [0, 0] : record.targetsOf(frame)
  for (let target = from; target < to; target += 1) {
    const index = record.classIndexes.at(target)
    counts[index] = (counts[index] ?? 0) + 1
  }
  return (
    <ul className={classes.legend}>
      {record.classes.map((name, index) => (
        <li key={name}>
          <i style={{ background: `var(--fr-k${colours[index]})` }} aria-hidden />
          {name} <b>{counts[index]}</b>
        </li>
      ))}
    </ul>
  )
}

/** Where the playhead is. Moved past React, as it moves at every frame. */
function Line({ perSecond }: { perSecond: number }) {
  const { playback } = usePlayer()
  const group = useRef<SVGGElement>(null)
  useLayoutEffect(
    () =>
      playback.onTime((time) => {
        group.current?.setAttribute('transform', `translate(${(time * perSecond).toFixed(1)} 0)`)
        const text = group.current?.querySelector('text')
        if (text) text.textContent = clock(time)
      }),
    [playback, perSecond],
  )
  return (
    <g ref={group}>
      <line className={classes.now} y1={0} y2={HEIGHT} />
    </g>
  )
}
