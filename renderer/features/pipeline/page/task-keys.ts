import type { KeyBinding } from '../../../shared/keys/key-map.ts'
import { type Command, PLAYER_KEYS } from '../../../shared/player/keys.ts'

/** What a key can do on the page of a task besides playing. */
export type TaskCommand =
  | 'previousAnalysed'
  | 'nextAnalysed'
  | 'follow'
  | 'boxes'
  | 'trails'
  | 'previousTrack'
  | 'nextTrack'
  | 'firstView'
  | 'lastView'
  | 'clearestView'
  | 'deselect'

/** In the order a map of keys shows them. */
export const TASK_KEYS: readonly KeyBinding<TaskCommand>[] = [
  { command: 'previousAnalysed', keys: ['ArrowUp'], shown: '↑', name: 'Previous analysed frame', repeats: true },
  { command: 'nextAnalysed', keys: ['ArrowDown'], shown: '↓', name: 'Next analysed frame', repeats: true },
  { command: 'follow', keys: ['V'], shown: 'V', name: 'Follow the newest frame' },
  { command: 'boxes', keys: ['B'], shown: 'B', name: 'Boxes on or off' },
  { command: 'trails', keys: ['T'], shown: 'T', name: 'Trails on or off' },
  { command: 'previousTrack', keys: ['['], shown: '[', name: 'Select previous track', repeats: true },
  { command: 'nextTrack', keys: [']'], shown: ']', name: 'Select next track', repeats: true },
  { command: 'firstView', keys: ['1'], shown: '1', name: 'First view of the selected track' },
  { command: 'clearestView', keys: ['2'], shown: '2', name: 'Clearest view' },
  { command: 'lastView', keys: ['3'], shown: '3', name: 'Last view' },
  { command: 'deselect', keys: ['Escape'], shown: 'Esc', name: 'Deselect track' },
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
