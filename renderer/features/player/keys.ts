/** All that a key can do on the page of a video. */
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
  | 'find'
  | 'adjust'
  | 'addNote'
  | 'nextNote'
  | 'previousNote'

interface Key {
  readonly command: Command
  /** As `keyName` spells it. */
  readonly keys: readonly string[]
  /** As people read it, for tooltips and the map of keys. */
  readonly shown: string
  readonly name: string
}

/** The keys of the player, in the order a map of keys shows them. */
export const PLAYER_KEYS: readonly Key[] = [
  { command: 'toggle', keys: ['Space'], shown: 'Space', name: 'Play or pause' },
  { command: 'backward', keys: ['J'], shown: 'J', name: 'Play backwards, again for faster' },
  { command: 'stop', keys: ['K'], shown: 'K', name: 'Stop' },
  { command: 'forward', keys: ['L'], shown: 'L', name: 'Play, again for faster' },
  { command: 'previousFrame', keys: ['ArrowLeft'], shown: '←', name: 'One frame back' },
  { command: 'nextFrame', keys: ['ArrowRight'], shown: '→', name: 'One frame on' },
  { command: 'secondBack', keys: ['Shift ArrowLeft'], shown: 'Shift ←', name: 'One second back' },
  { command: 'secondOn', keys: ['Shift ArrowRight'], shown: 'Shift →', name: 'One second on' },
  { command: 'previousScene', keys: ['ArrowUp'], shown: '↑', name: 'Previous scene' },
  { command: 'nextScene', keys: ['ArrowDown'], shown: '↓', name: 'Next scene' },
  { command: 'toStart', keys: ['Home'], shown: 'Home', name: 'First frame' },
  { command: 'toEnd', keys: ['End'], shown: 'End', name: 'Last frame' },
  { command: 'markIn', keys: ['I'], shown: 'I', name: 'Set the in point' },
  { command: 'markOut', keys: ['O'], shown: 'O', name: 'Set the out point' },
  { command: 'clearRange', keys: ['Shift X'], shown: 'Shift X', name: 'Clear in and out' },
  { command: 'loop', keys: ['Shift L'], shown: 'Shift L', name: 'Loop the range, the scene, or nothing' },
  { command: 'mute', keys: ['M'], shown: 'M', name: 'Sound on or off' },
  { command: 'fullScreen', keys: ['F'], shown: 'F', name: 'Full screen' },
  { command: 'zoomIn', keys: ['+', '='], shown: '+', name: 'Zoom the timeline in' },
  { command: 'zoomOut', keys: ['-'], shown: '-', name: 'Zoom the timeline out' },
  { command: 'fit', keys: ['Shift Z'], shown: 'Shift Z', name: 'Show the whole timeline' },
  { command: 'pane', keys: ['D'], shown: 'D', name: 'Show or hide the side pane' },
  { command: 'find', keys: ['/'], shown: '/', name: 'Find in this video' },
  { command: 'adjust', keys: ['A'], shown: 'A', name: 'Adjust scenes' },
  { command: 'addNote', keys: ['N'], shown: 'N', name: 'Add a note here' },
  { command: 'nextNote', keys: ['Shift N'], shown: 'Shift N', name: 'Next note' },
  { command: 'previousNote', keys: ['Shift B'], shown: 'Shift B', name: 'Previous note' },
]

const COMMANDS = new Map(PLAYER_KEYS.flatMap(({ command, keys }) => keys.map((key) => [key, command] as const)))
const SHOWN = new Map(PLAYER_KEYS.map(({ command, shown }) => [command, shown] as const))

export interface KeyPress {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** What a press asks for; null when it is not one of ours. */
export function commandOf(press: KeyPress): Command | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  return COMMANDS.get(keyName(press)) ?? null
}

/** The key of a command as a tooltip shows it. */
export function shownKey(command: Command): string {
  return SHOWN.get(command) ?? ''
}

function keyName({ key, shiftKey }: KeyPress): string {
  // Shift makes another character of a punctuation key: the character says it already, on every keyboard layout.
  if (/^[^\p{L}]$/u.test(key) && key !== ' ') return key
  const name = key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key
  return shiftKey ? `Shift ${name}` : name
}
