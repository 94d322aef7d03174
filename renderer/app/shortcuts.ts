import type { NodePlatform } from '../../preload/bridge.ts'
import { PLAYER_KEYS } from '../shared/player/keys.ts'
import { NOTE_KEYS } from '../features/annotations/note-keys.ts'
import { SCENE_KEYS } from '../features/scenes/scene-keys.ts'
import { TASK_KEYS } from '../features/pipeline/page/task-keys.ts'

/** One line of the key map. Each of `keys` is pressed together; several combinations do the same. */
export interface Shortcut {
  readonly does: string
  readonly keys: ReadonlyArray<readonly string[]>
}

export interface ShortcutGroup {
  readonly name: string
  readonly shortcuts: readonly Shortcut[]
}

/** Every shortcut there is, by the place it works in. `Mod` is Ctrl, or ⌘ on a Mac. */
export const SHORTCUTS: readonly ShortcutGroup[] = [
  {
    name: 'Everywhere',
    shortcuts: [
      { does: 'Command palette', keys: [['Mod', 'K']] },
      { does: 'This map', keys: [['?']] },
      { does: 'Close what is open', keys: [['Esc']] },
    ],
  },
  {
    name: 'Library and uploads',
    shortcuts: [
      { does: 'Add files', keys: [['Mod', 'O']] },
      { does: 'Search', keys: [['/'], ['Mod', 'F']] },
      { does: 'Move', keys: [['←'], ['→'], ['↑'], ['↓']] },
      { does: 'Select', keys: [['Space']] },
      { does: 'Select all', keys: [['Mod', 'A']] },
      { does: 'Clear the selection', keys: [['Esc']] },
      { does: 'Open', keys: [['Enter']] },
      { does: 'Rename', keys: [['F2']] },
      { does: 'Delete', keys: [['Delete']] },
      { does: 'Undo', keys: [['Mod', 'Z']] },
      { does: 'Details', keys: [['D']] },
      { does: 'Add to an album', keys: [['Shift', 'A']] },
    ],
  },
  {
    name: 'Uploads',
    shortcuts: [
      { does: 'Next file, file before', keys: [['↓'], ['↑']] },
      { does: 'Pause or resume the file', keys: [['Space']] },
      { does: 'Move the file up in line', keys: [['Alt', '↑']] },
      { does: 'Move the file down in line', keys: [['Alt', '↓']] },
      { does: 'Cancel or clear the file', keys: [['Delete']] },
    ],
  },
  {
    name: 'Player',
    shortcuts: [...PLAYER_KEYS, ...SCENE_KEYS, ...NOTE_KEYS].map(({ name, shown }) => ({
      does: name,
      keys: [shown.split(' ')],
    })),
  },
  {
    name: 'Tasks',
    shortcuts: [
      { does: 'New task', keys: [['N']] },
      { does: 'Next task, task before', keys: [['↓'], ['↑']] },
      { does: 'Open the task', keys: [['Enter']] },
      { does: 'Cancel or remove the task', keys: [['Delete']] },
    ],
  },
  {
    name: 'Albums',
    shortcuts: [
      { does: 'New album', keys: [['N']] },
      { does: 'Title, or caption', keys: [['F2']] },
      { does: 'Share', keys: [['S']] },
      { does: 'Play all', keys: [['P']] },
      { does: 'Play from the item', keys: [['Enter']] },
      { does: 'Add from the library', keys: [['A']] },
      {
        does: 'Move the item',
        keys: [
          ['Alt', '←'],
          ['Alt', '→'],
        ],
      },
      {
        does: 'To the start, the end',
        keys: [
          ['Alt', 'Home'],
          ['Alt', 'End'],
        ],
      },
      { does: 'Add to another album', keys: [['Shift', 'A']] },
      { does: 'Remove the item, the album', keys: [['Delete']] },
      { does: 'Undo', keys: [['Mod', 'Z']] },
    ],
  },
  {
    name: 'Task, besides the player’s keys',
    shortcuts: TASK_KEYS.map(({ name, shown }) => ({ does: name, keys: [[shown]] })),
  },
]

/** What is printed on a key of this platform. */
export function keyName(key: string, platform: NodePlatform): string {
  if (key === 'Mod') return platform === 'darwin' ? '⌘' : 'Ctrl'
  if (key === 'Shift' && platform === 'darwin') return '⇧'
  if (key === 'Alt' && platform === 'darwin') return '⌥'
  return key
}
