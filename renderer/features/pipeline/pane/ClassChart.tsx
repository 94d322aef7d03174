import { useElementSize } from '@mantine/hooks'
import { useLayoutEffect, useMemo, useRef } from 'react'
import type { Task } from '../../../../main/contract/index.ts'
import { usePlayer } from '../../../shared/player/player.ts'
import { rulerTicks } from '../../../shared/player/ruler.ts'
import { requestedRange } from '../lanes/time-range.ts'
import type { Footage } from '../page/footage.ts'
import { classColours } from '../record/colours.ts'
import { useCurrentFrame, useRecord, useSession, useSessionState } from '../session.ts'
import { areasOf, levelsOf } from './areas.ts'
import classes from './ClassChart.module.css'

const HEIGHT = 96
/** Room for the numbers on the left. */
const AXIS = 24
const MOST_NAMED = 5

/** How many of each class are in frame, over the time of the video. A press goes there. */
export function ClassChart({ task, footage }: { task: Task; footage: Footage }) {
  const session = useSession()
  const record = useRecord()
  const version = useSessionState((state) => state.version)
  const { playback } = usePlayer()
  const { start, end } = requestedRange(task, footage)
  const { ref, width } = useElementSize<HTMLDivElement>()
  const plot = Math.max(0, width - AXIS)
  const colours = classColours(record.classes)
  const { areas, levels } = useMemo(() => {
    const top = levelsOf(record.counts.most)
    const scale = { width: plot, height: HEIGHT, start, end, most: top.at(-1) ?? 1 }
    return { areas: plot > 0 ? areasOf(record.counts, record.classes.length, scale) : [], levels: top }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the record grows in place: its version says when
  }, [record, version, plot, start, end])
  const most = levels.at(-1) ?? 1
  const perSecond = end > start ? plot / (end - start) : 0
  const goTo = (x: number): void => {
    session.stopFollowing()
    playback.pause()
    if (perSecond > 0) playback.seek(start + x / perSecond)
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
              {rulerTicks(perSecond, end, { start, end }).map(
                ({ time, label }) =>
                  label !== null &&
                  (time - start) * perSecond < plot - 20 && (
                    <text key={time} className={classes.number} x={(time - start) * perSecond} y={HEIGHT + 16}>
                      {label}
                    </text>
                  ),
              )}
              <Line start={start} perSecond={perSecond} />
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
  // Those in frame come first; of dozens, the rest is in the results.
  const indexes = [...counts.keys()].toSorted((one, other) => Number(counts[one] === 0) - Number(counts[other] === 0))
  const more = indexes.length - MOST_NAMED
  return (
    <ul className={classes.legend}>
      {indexes.slice(0, MOST_NAMED).map((index) => (
        <li key={index}>
          <i style={{ background: `var(--fr-k${colours[index]})` }} aria-hidden />
          {record.className(index)} <b>{counts[index]}</b>
        </li>
      ))}
      {more > 0 && <li>and {more} more</li>}
    </ul>
  )
}

/** Where the playhead is. Moved past React, as it moves at every frame. */
function Line({ start, perSecond }: { start: number; perSecond: number }) {
  const { playback } = usePlayer()
  const group = useRef<SVGGElement>(null)
  useLayoutEffect(
    () =>
      playback.onTime((time) => {
        // Outside of what is shown, it stands at the edge.
        group.current?.setAttribute('transform', `translate(${(Math.max(0, time - start) * perSecond).toFixed(1)} 0)`)
      }),
    [playback, start, perSecond],
  )
  return (
    <g ref={group}>
      <line className={classes.now} y1={0} y2={HEIGHT} />
    </g>
  )
}
