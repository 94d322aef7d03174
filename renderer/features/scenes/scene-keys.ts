import type { KeyBinding } from '../../shared/keys/key-map.ts'

export const SCENE_KEYS: readonly KeyBinding<'find' | 'adjust'>[] = [
  { command: 'find', keys: ['/'], shown: '/', name: 'Find in this video' },
  { command: 'adjust', keys: ['A'], shown: 'A', name: 'Adjust scenes' },
]
