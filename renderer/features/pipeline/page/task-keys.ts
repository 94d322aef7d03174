import { type Command, type KeyPress, commandOf, PLAYER_KEYS } from '../../player/keys.ts'

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

interface Key {
  readonly command: TaskCommand
  /** `key` of the press. */
  readonly keys: readonly string[]
  /** As people read it. */
  readonly shown: string
  readonly name: string
}

/** In the order a map of keys shows them. */
export const TASK_KEYS: readonly Key[] = [
  { command: 'previousAnalysed', keys: ['ArrowUp'], shown: '↑', name: 'Previous analysed frame' },
  { command: 'nextAnalysed', keys: ['ArrowDown'], shown: '↓', name: 'Next analysed frame' },
  { command: 'follow', keys: ['v', 'V'], shown: 'V', name: 'Follow the newest frame' },
  { command: 'boxes', keys: ['b', 'B'], shown: 'B', name: 'Boxes on or off' },
  { command: 'trails', keys: ['t', 'T'], shown: 'T', name: 'Trails on or off' },
  { command: 'previousTrack', keys: ['['], shown: '[', name: 'Select previous track' },
  { command: 'nextTrack', keys: [']'], shown: ']', name: 'Select next track' },
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

const COMMANDS = new Map(TASK_KEYS.flatMap(({ command, keys }) => keys.map((key) => [key, command] as const)))
const SHOWN = new Map(TASK_KEYS.map(({ command, shown }) => [command, shown] as const))

/** What a press asks for; null when it is not one of ours. */
export function taskCommandOf(press: KeyPress): TaskCommand | Command | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  const own = press.shiftKey ? undefined : COMMANDS.get(press.key)
  if (own) return own
  const playing = commandOf(press)
  return playing !== null && PLAYING.has(playing) ? playing : null
}

export function shownTaskKey(command: TaskCommand): string {
  return SHOWN.get(command) ?? ''
}
