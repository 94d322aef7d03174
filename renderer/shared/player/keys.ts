import type { KeyBinding } from '../keys/key-map.ts'

/** What keys do wherever something is played. */
export type Command =
  | 'toggle'
  | 'backward'
  | 'stop'
  | 'forward'
  | 'previousFrame'
  | 'nextFrame'
  | 'secondBack'
  | 'secondOn'
  | 'previousScene'
  | 'nextScene'
  | 'toStart'
  | 'toEnd'
  | 'markIn'
  | 'markOut'
  | 'clearRange'
  | 'loop'
  | 'mute'
  | 'fullScreen'
  | 'zoomIn'
  | 'zoomOut'
  | 'fit'
  | 'pane'

/** The keys of the player, in the order a map of keys shows them. */
export const PLAYER_KEYS: readonly KeyBinding<Command>[] = [
  { command: 'toggle', keys: ['Space'], shown: 'Space', name: 'Play or pause' },
  { command: 'backward', keys: ['J'], shown: 'J', name: 'Play backwards, again for faster' },
  { command: 'stop', keys: ['K'], shown: 'K', name: 'Stop' },
  { command: 'forward', keys: ['L'], shown: 'L', name: 'Play, again for faster' },
  { command: 'previousFrame', keys: ['ArrowLeft'], shown: '←', name: 'Previous frame', repeats: true },
  { command: 'nextFrame', keys: ['ArrowRight'], shown: '→', name: 'Next frame', repeats: true },
  { command: 'secondBack', keys: ['Shift ArrowLeft'], shown: 'Shift ←', name: 'One second back', repeats: true },
  { command: 'secondOn', keys: ['Shift ArrowRight'], shown: 'Shift →', name: 'One second forward', repeats: true },
  { command: 'previousScene', keys: ['ArrowUp'], shown: '↑', name: 'Previous scene', repeats: true },
  { command: 'nextScene', keys: ['ArrowDown'], shown: '↓', name: 'Next scene', repeats: true },
  { command: 'toStart', keys: ['Home'], shown: 'Home', name: 'First frame' },
  { command: 'toEnd', keys: ['End'], shown: 'End', name: 'Last frame' },
  { command: 'markIn', keys: ['I'], shown: 'I', name: 'Set the in point' },
  { command: 'markOut', keys: ['O'], shown: 'O', name: 'Set the out point' },
  { command: 'clearRange', keys: ['Shift X'], shown: 'Shift X', name: 'Clear in and out' },
  { command: 'loop', keys: ['Shift L'], shown: 'Shift L', name: 'Loop the range, the scene, or nothing' },
  { command: 'mute', keys: ['M'], shown: 'M', name: 'Sound on or off' },
  { command: 'fullScreen', keys: ['F'], shown: 'F', name: 'Full screen' },
  { command: 'zoomIn', keys: ['+', '='], shown: '+', name: 'Zoom the timeline in', repeats: true },
  { command: 'zoomOut', keys: ['-'], shown: '-', name: 'Zoom the timeline out', repeats: true },
  { command: 'fit', keys: ['Shift Z'], shown: 'Shift Z', name: 'Show the whole timeline' },
  { command: 'pane', keys: ['D'], shown: 'D', name: 'Show or hide the side pane' },
]

const SHOWN = new Map(PLAYER_KEYS.map(({ command, shown }) => [command, shown] as const))

/** The key of a command as a tooltip shows it. */
export function shownKey(command: Command): string {
  return SHOWN.get(command) ?? ''
}
