import type { KeyBinding } from '../../shared/keys/key-map.ts'

export const NOTE_KEYS: readonly KeyBinding<'addNote' | 'nextNote' | 'previousNote'>[] = [
  { command: 'addNote', keys: ['N'], shown: 'N', name: 'Add a note here' },
  { command: 'nextNote', keys: ['Shift N'], shown: 'Shift N', name: 'Next note', repeats: true },
  { command: 'previousNote', keys: ['Shift B'], shown: 'Shift B', name: 'Previous note', repeats: true },
]
