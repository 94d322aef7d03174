import { type Feature, shortcutsOf } from '../../shared/registry/feature.ts'
import { NOTE_KEYS } from './note-keys.ts'

export const annotations: Feature = {
  videoPage: async () => (await import('./video-page.ts')).NOTES,
  shortcuts: [{ name: 'Player', shortcuts: shortcutsOf(NOTE_KEYS) }],
}
