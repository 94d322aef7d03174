import type { KeyBinding } from '../../../shared/keys/key-map.ts'
import { type Command, PLAYER_KEYS } from '../../../shared/player/keys.ts'

/** What a key can do on the page of a task besides playing. */
export type TaskCommand =
  | 'previousSeen'
  | 'nextSeen'
  | 'follow'
  | 'boxes'
  | 'trails'
  | 'previousTrack'
  | 'nextTrack'
  | 'firstSight'
  | 'lastSight'
  | 'bestSight'
  | 'unselect'

/** In the order a map of keys shows them. */
export const TASK_KEYS: readonly KeyBinding<TaskCommand>[] = [
  { command: 'previousSeen', keys: ['ArrowUp'], shown: '↑', name: 'Frame looked at before', repeats: true },
  { command: 'nextSeen', keys: ['ArrowDown'], shown: '↓', name: 'Next frame looked at', repeats: true },
  { command: 'follow', keys: ['V'], shown: 'V', name: 'Follow the newest frame' },
  { command: 'boxes', keys: ['B'], shown: 'B', name: 'Boxes on or off' },
  { command: 'trails', keys: ['T'], shown: 'T', name: 'Trails on or off' },
  { command: 'previousTrack', keys: ['['], shown: '[', name: 'Select the track before', repeats: true },
  { command: 'nextTrack', keys: [']'], shown: ']', name: 'Select the next track', repeats: true },
  { command: 'firstSight', keys: ['1'], shown: '1', name: 'First sight of the selected track' },
  { command: 'bestSight', keys: ['2'], shown: '2', name: 'Best sight of it' },
  { command: 'lastSight', keys: ['3'], shown: '3', name: 'Last sight of it' },
  { command: 'unselect', keys: ['Escape'], shown: 'Esc', name: 'Select no track' },
]

/** What the player's keys do that mean something here. */
const PLAYING: ReadonlySet<Command> = new Set([
  'toggle',
  'backward',
  'stop',
  'forward',
  'previousFrame',
  'nextFrame',
  'secondBack',
  'secondOn',
  'toStart',
  'toEnd',
  'mute',
  'fullScreen',
  'zoomIn',
  'zoomOut',
  'fit',
  'pane',
])

/** Of the player's keys, those that work on the page of a task. */
export const PLAYING_KEYS = PLAYER_KEYS.filter(({ command }) => PLAYING.has(command))

const SHOWN = new Map(TASK_KEYS.map(({ command, shown }) => [command, shown] as const))

export function shownTaskKey(command: TaskCommand): string {
  return SHOWN.get(command) ?? ''
}
