import { useKeys } from '../../../shared/keys/useKeys.ts'
import { playerCommands, type PlayerPage } from '../../../shared/player/commands.ts'
import type { Command } from '../../../shared/player/keys.ts'
import type { Player } from '../../../shared/player/player.ts'
import { ordered } from '../lanes/order.ts'
import type { TaskSession } from '../session.ts'
import { useView } from '../view-store.ts'
import { PLAYING_KEYS, TASK_KEYS, type TaskCommand } from './task-keys.ts'

/** What does not move the picture. */
const STILL: ReadonlySet<string> = new Set(['mute', 'fullScreen', 'zoomIn', 'zoomOut', 'fit', 'pane'])

/** Obeys the keys of a task's page while it is open. */
export function useTaskKeys(session: TaskSession, player: Player, page: PlayerPage): void {
  const playing = playerCommands(player, page)
  useKeys<TaskCommand | Command>(PAGE_KEYS, (command) => {
    const own: Partial<Record<string, () => void>> = taskCommands(session)
    if (own[command]) return own[command]()
    if (!STILL.has(command)) session.stopFollowing()
    playing[command as Command]()
  })
}

const PAGE_KEYS = [...TASK_KEYS, ...PLAYING_KEYS]

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
