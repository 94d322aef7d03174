import { useEffect, useEffectEvent } from 'react'
import type { Command } from '../../player/keys.ts'
import type { Player } from '../../player/player.ts'
import { belongsElsewhere } from '../../player/useCommands.ts'
import { useView as usePlayerView } from '../../player/view-store.ts'
import { ordered } from '../lanes/order.ts'
import type { TaskSession } from '../session.ts'
import { useView } from '../view-store.ts'
import { type TaskCommand, taskCommandOf } from './task-keys.ts'

interface PageActions {
  readonly togglePane: () => void
  readonly toggleFullScreen: () => void
}

/** What goes on while a key is held. */
const REPEATING: ReadonlySet<string> = new Set([
  'previousFrame',
  'nextFrame',
  'secondBack',
  'secondOn',
  'previousAnalysed',
  'nextAnalysed',
  'previousTrack',
  'nextTrack',
  'zoomIn',
  'zoomOut',
])
/** What does not move the picture. */
const STILL: ReadonlySet<string> = new Set(['mute', 'fullScreen', 'zoomIn', 'zoomOut', 'fit', 'pane'])

/** Obeys the keys of a task's page while it is open. */
export function useTaskKeys(session: TaskSession, player: Player, page: PageActions): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || belongsElsewhere(event)) return
    const command = taskCommandOf(event)
    if (!command) return
    event.preventDefault()
    if (event.repeat && !REPEATING.has(command)) return
    const task = taskCommands(session)[command as TaskCommand] as (() => void) | undefined
    if (task) return task()
    if (!STILL.has(command)) session.stopFollowing()
    playerCommands(player, page)[command as Command]?.()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

function taskCommands(session: TaskSession): Record<TaskCommand, () => void> {
  const { selected } = session.state.getState()
  const jump = (which: 'first' | 'last' | 'best') => () => {
    if (selected !== null) session.goToTrack(selected, which)
  }
  return {
    previousAnalysed: () => session.step(-1),
    nextAnalysed: () => session.step(1),
    follow: () => (session.state.getState().following ? session.stopFollowing() : session.follow()),
    boxes: () => useView.setState(({ boxes }) => ({ boxes: !boxes })),
    trails: () => useView.setState(({ trails }) => ({ trails: !trails })),
    previousTrack: () => selectBeside(session, -1),
    nextTrack: () => selectBeside(session, 1),
    firstView: jump('first'),
    lastView: jump('last'),
    clearestView: jump('best'),
    deselect: () => session.select(null),
  }
}

/** The track beside the selected one, as the lanes are in order. */
function selectBeside(session: TaskSession, by: 1 | -1): void {
  const tracks = ordered(session.record, useView.getState().order)
  const at = tracks.findIndex(({ id }) => id === session.state.getState().selected)
  const next = tracks[at === -1 ? (by > 0 ? 0 : tracks.length - 1) : at + by]
  if (next) session.select(next.id)
}

function playerCommands({ playback, timeline }: Player, page: PageActions): Partial<Record<Command, () => void>> {
  return {
    toggle: () => playback.toggle(),
    backward: () => playback.backward(),
    stop: () => playback.stop(),
    forward: () => playback.forward(),
    previousFrame: () => playback.stepFrames(-1),
    nextFrame: () => playback.stepFrames(1),
    secondBack: () => playback.skip(-1),
    secondOn: () => playback.skip(1),
    toStart: () => playback.toStart(),
    toEnd: () => playback.toEnd(),
    mute: () => usePlayerView.getState().toggleMuted(),
    fullScreen: page.toggleFullScreen,
    zoomIn: () => timeline.zoomAround(playback.time, ZOOM_STEP),
    zoomOut: () => timeline.zoomAround(playback.time, 1 / ZOOM_STEP),
    fit: () => timeline.fit(),
    pane: page.togglePane,
  }
}

const ZOOM_STEP = 1.5
