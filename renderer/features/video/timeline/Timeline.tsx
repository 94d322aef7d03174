import { IconMovie, IconNote } from '@tabler/icons-react'
import clsx from 'clsx'
import type { Scene, Video } from '../../../../main/contract/index.ts'
import { keepFocus } from '../../../shared/ui/keep-focus.ts'
import { useTimescale } from '../../../shared/player/player.ts'
import { useNotesState } from '../../annotations/notes-context.ts'
import { contentWidth, pixelsPerSecond } from '../../../shared/player/timescale.ts'
import { outcomeText } from '../../scenes/adjustment/changes.ts'
import { usePreview } from '../../scenes/adjustment/usePreview.ts'
import { CutChanges } from '../../scenes/lane/CutChanges.tsx'
import { LaneNote } from '../../scenes/lane/LaneNote.tsx'
import { NotesLane } from '../../annotations/lane/NotesLane.tsx'
import { Playhead } from '../../../shared/player/timeline/Playhead.tsx'
import { MarkedRange } from '../../../shared/player/timeline/MarkedRange.tsx'
import { RangeChip } from '../../../shared/player/timeline/RangeChip.tsx'
import { Ruler } from '../../../shared/player/timeline/Ruler.tsx'
import { SceneLane } from '../../scenes/lane/SceneLane.tsx'
import { useScrub } from '../../../shared/player/timeline/useScrub.ts'
import { useTimelineScroll } from '../../../shared/player/timeline/useTimelineScroll.ts'
import { ZoomBar } from '../../../shared/player/timeline/ZoomBar.tsx'
import classes from './Timeline.module.css'

interface TimelineProps {
  video: Video
  scenes: readonly Scene[]
  loading: boolean
}

/** The whole video, true to time: a ruler, its scenes, and where the player is. */
export function Timeline({ video, scenes, loading }: TimelineProps) {
  const scroller = useTimelineScroll()
  const width = useTimescale(contentWidth)
  const known = useTimescale((scale) => pixelsPerSecond(scale) > 0)
  const { countThen } = usePreview(video, scenes)
  return (
    <section className={classes.timeline} aria-label="Timeline">
      <div className={classes.head} onMouseDown={keepFocus}>
        <h2>Timeline</h2>
        {scenes.length > 0 && <span className={classes.count}>{outcomeText(scenes.length, countThen)}</span>}
        <RangeChip />
        <ZoomBar />
      </div>
      <div className={classes.body}>
        <div className={classes.gutter}>
          <span className={classes.time}>Time</span>
          <div className={classes.lane}>
            <IconMovie size={16} stroke={1.75} aria-hidden />
            <span>Scenes</span>
            {scenes.length > 0 && <span className={classes.laneCount}>{scenes.length}</span>}
          </div>
          <NotesHead />
        </div>
        <div className={classes.window}>
          <div className={classes.scroller} ref={scroller} tabIndex={-1}>
            <div className={classes.content} style={{ width }}>
              {known && <Lanes video={video} scenes={scenes} />}
            </div>
          </div>
          {scenes.length === 0 && <LaneNote video={video} loading={loading} />}
        </div>
      </div>
    </section>
  )
}

function NotesHead() {
  const count = useNotesState(({ all }) => all.length)
  return (
    <div className={clsx(classes.lane, classes.notes)}>
      <IconNote size={16} stroke={1.75} aria-hidden />
      <span>Notes</span>
      {count > 0 && <span className={classes.laneCount}>{count.toLocaleString('en-GB')}</span>}
    </div>
  )
}

function Lanes({ video, scenes }: Omit<TimelineProps, 'loading'>) {
  const scrub = useScrub('at-once')
  return (
    <>
      <div className={classes.ruler} {...scrub}>
        <Ruler />
      </div>
      <SceneLane video={video} scenes={scenes} />
      <NotesLane />
      <CutChanges video={video} scenes={scenes} />
      <MarkedRange />
      <Playhead />
    </>
  )
}
