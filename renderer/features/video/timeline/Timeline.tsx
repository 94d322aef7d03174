import { keepFocus } from '../../../shared/ui/keep-focus.ts'
import { useTimescale } from '../../../shared/player/player.ts'
import { contentWidth, pixelsPerSecond } from '../../../shared/player/timescale.ts'
import { MarkedRange } from '../../../shared/player/timeline/MarkedRange.tsx'
import { Playhead } from '../../../shared/player/timeline/Playhead.tsx'
import { RangeChip } from '../../../shared/player/timeline/RangeChip.tsx'
import { Ruler } from '../../../shared/player/timeline/Ruler.tsx'
import { useScrub } from '../../../shared/player/timeline/useScrub.ts'
import { useTimelineScroll } from '../../../shared/player/timeline/useTimelineScroll.ts'
import { ZoomBar } from '../../../shared/player/timeline/ZoomBar.tsx'
import { useLoaded } from '../../../shared/registry/features.ts'
import type { Lane } from '../../../shared/video-page/part.ts'
import classes from './Timeline.module.css'

/** Pixels of the ruler, and of the scroll bar below the lanes. */
const RULER = 22
const SCROLL_BAR = 14

/** The whole video, true to time: a ruler, a lane for each kind of thing in it, and where the player is. */
export function Timeline() {
  const lanes = useLoaded('videoPage').flatMap(({ lane }) => lane ?? [])
  const scroller = useTimelineScroll()
  const width = useTimescale(contentWidth)
  const known = useTimescale((scale) => pixelsPerSecond(scale) > 0)
  const height = lanes.reduce((sum, lane) => sum + lane.height, RULER)
  return (
    <section className={classes.timeline} aria-label="Timeline">
      <div className={classes.head} onMouseDown={keepFocus}>
        <h2>Timeline</h2>
        <span className={classes.count}>{lanes.map(({ name, Head }) => Head && <Head key={name} />)}</span>
        <RangeChip />
        <ZoomBar />
      </div>
      <div className={classes.body} style={{ height: height + SCROLL_BAR }}>
        <div className={classes.gutter}>
          <span className={classes.time}>Time</span>
          {lanes.map((lane) => (
            <LaneHead key={lane.name} {...lane} />
          ))}
        </div>
        <div className={classes.window}>
          <div className={classes.scroller} ref={scroller} tabIndex={-1}>
            <div className={classes.content} style={{ width, height }}>
              {known && <Lanes lanes={lanes} />}
            </div>
          </div>
          {lanes.map(({ name, Note }) => Note && <Note key={name} />)}
        </div>
      </div>
    </section>
  )
}

function LaneHead({ name, icon: Icon, height, useCount }: Lane) {
  const count = useCount()
  return (
    <div className={classes.lane} style={{ height }}>
      <Icon size={16} stroke={1.75} aria-hidden />
      <span>{name}</span>
      {count > 0 && <span className={classes.laneCount}>{count.toLocaleString('en-GB')}</span>}
    </div>
  )
}

function Lanes({ lanes }: { lanes: readonly Lane[] }) {
  const scrub = useScrub('at-once')
  return (
    <>
      <div className={classes.ruler} {...scrub}>
        <Ruler />
      </div>
      {lanes.map(({ name, Content }) => (
        <Content key={name} />
      ))}
      {lanes.map(({ name, Over }) => Over && <Over key={name} />)}
      <MarkedRange />
      <Playhead />
    </>
  )
}
