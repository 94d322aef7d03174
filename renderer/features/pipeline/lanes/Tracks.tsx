import { Button, Menu } from '@mantine/core'
import {
  IconCheck,
  IconChevronDown,
  IconFocusCentered,
  IconRoute,
  IconSquare,
  type TablerIcon,
} from '@tabler/icons-react'
import clsx from 'clsx'
import { useLayoutEffect } from 'react'
import type { Task } from '../../../../main/contract/index.ts'
import { count } from '../../../shared/format/size.ts'
import { Hint } from '../../../shared/ui/Hint.tsx'
import { keepFocus } from '../../../shared/ui/keep-focus.ts'
import { usePlayer, useTimescale } from '../../../shared/player/player.ts'
import quiet from '../../../shared/ui/control-tone.module.css'
import { Playhead } from '../../../shared/player/timeline/Playhead.tsx'
import { Ruler } from '../../../shared/player/timeline/Ruler.tsx'
import { useScrub } from '../../../shared/player/timeline/useScrub.ts'
import { contentWidth, pixelsPerSecond } from '../../../shared/player/timescale.ts'
import type { Footage } from '../page/footage.ts'
import { shownTaskKey, type TaskCommand } from '../page/task-keys.ts'
import { useCurrentFrame, useRecord, useSession, useSessionState } from '../session.ts'
import { isOver } from '../task-text.ts'
import { type Order, useView } from '../view-store.ts'
import { requestedRange, type TimeRange, unreadRange } from './time-range.ts'
import { Lanes } from './Lanes.tsx'
import { ORDERS } from './order.ts'
import { useLaneArea } from './useLaneArea.ts'
import classes from './Tracks.module.css'

interface TracksProps {
  task: Task
  footage: Footage
}

/** Every track over time: one row each. */
export function Tracks({ task, footage }: TracksProps) {
  const record = useRecord()
  const area = useLaneArea()
  const asked = requestedRange(task, footage)
  const known = useTimescale((scale) => pixelsPerSecond(scale) > 0)
  useFirstView(asked)
  return (
    <section className={classes.tracks} aria-label="Tracks">
      <div className={classes.head} onMouseDown={keepFocus}>
        <h2>Tracks</h2>
        <Counts />
        <div className={classes.choices}>
          {!isOver(task) && <Follow />}
          <Choice what="boxes" name="Boxes" icon={IconSquare} />
          <Choice what="trails" name="Trails" icon={IconRoute} />
          <OrderMenu />
        </div>
      </div>
      <div className={classes.body}>
        <div className={classes.time} aria-hidden>
          Time
        </div>
        {known && (
          <div className={classes.area}>
            <Ground asked={asked} unread={unreadRange(task, record, asked)} duration={footage.duration ?? 0} />
          </div>
        )}
        <Lanes task={task} />
        <div className={classes.area} ref={area} data-front>
          {known && <TimeAxis />}
        </div>
      </div>
    </section>
  )
}

/** A long video is shown where the task looks. */
function useFirstView({ start, end }: TimeRange): void {
  const { timeline } = usePlayer()
  const ready = useTimescale((scale) => pixelsPerSecond(scale) > 0)
  useLayoutEffect(() => {
    const { duration } = timeline.state.getState()
    if (!ready || end - start <= 0 || end - start > 0.7 * duration) return
    timeline.fit()
    timeline.zoomTo((0.95 * duration) / (end - start), 0)
    const perSecond = pixelsPerSecond(timeline.state.getState())
    timeline.scrollTo((start - 0.02 * (end - start)) * perSecond)
  }, [timeline, ready, start, end])
}

function Counts() {
  const record = useRecord()
  const frame = useCurrentFrame()
  if (record.tracks.length === 0) return null
  const [from, to] = frame < 0 ? [0, 0] : record.targetsOf(frame)
  return (
    <span className={classes.count}>
      {count(record.tracks.length, 'track')}, {to - from} in frame
    </span>
  )
}

interface GroundProps {
  asked: TimeRange
  unread: TimeRange | null
  duration: number
}

/** Behind the lanes: what was not asked for, and what is not read yet. Moved along instead of scrolled. */
function Ground({ asked, unread, duration }: GroundProps) {
  const left = useTimescale((scale) => scale.left)
  const perSecond = useTimescale(pixelsPerSecond)
  const place = ({ start, end }: TimeRange) => ({
    left: start * perSecond - left,
    width: Math.max(0, end - start) * perSecond,
  })
  return (
    <>
      {asked.start > 0 && <div className={classes.outside} style={place({ start: 0, end: asked.start })} />}
      {asked.end < duration && <div className={classes.outside} style={place({ start: asked.end, end: duration })} />}
      {unread && <div className={classes.unread} style={place(unread)} />}
    </>
  )
}

/** Before the lanes: the ruler and the playhead. */
function TimeAxis() {
  const session = useSession()
  const width = useTimescale(contentWidth)
  const left = useTimescale((scale) => scale.left)
  const scrub = useScrub('at-once')
  return (
    <div className={classes.axis} style={{ width, transform: `translateX(${-left}px)` }}>
      <div className={classes.ruler} {...scrub} onPointerDownCapture={() => session.stopFollowing()}>
        <Ruler />
      </div>
      <Playhead />
    </div>
  )
}

function Follow() {
  const session = useSession()
  const following = useSessionState((state) => state.following)
  return (
    <Toggle
      command="follow"
      name="Follow live"
      icon={IconFocusCentered}
      on={following}
      onClick={() => (following ? session.stopFollowing() : session.follow())}
    />
  )
}

function Choice({ what, name, icon }: { what: 'boxes' | 'trails'; name: string; icon: TablerIcon }) {
  const on = useView((view) => view[what])
  return <Toggle command={what} name={name} icon={icon} on={on} onClick={() => useView.setState({ [what]: !on })} />
}

interface ToggleProps {
  command: TaskCommand
  name: string
  icon: TablerIcon
  on: boolean
  onClick: () => void
}

function Toggle({ command, name, icon: Icon, on, onClick }: ToggleProps) {
  return (
    <Hint name={`${name} (${shownTaskKey(command)})`}>
      <Button
        variant="subtle"
        h={26}
        px={8}
        className={clsx(on ? quiet.on : quiet.quiet)}
        aria-pressed={on}
        leftSection={<Icon size={16} stroke={1.75} aria-hidden />}
        onClick={onClick}
      >
        {name}
      </Button>
    </Hint>
  )
}

function OrderMenu() {
  const order = useView((view) => view.order)
  return (
    <Menu position="top-end">
      <Menu.Target>
        <Button
          variant="subtle"
          h={26}
          px={8}
          className={clsx(quiet.quiet)}
          leftSection={<IconChevronDown size={16} stroke={1.75} aria-hidden />}
        >
          {ORDERS[order]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label="Order of the tracks">
        {(Object.keys(ORDERS) as Order[]).map((id) => (
          <Menu.Item
            key={id}
            rightSection={id === order && <IconCheck size={14} stroke={1.75} />}
            onClick={() => useView.setState({ order: id })}
          >
            {ORDERS[id]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
