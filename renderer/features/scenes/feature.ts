import { IconObjectScan } from '@tabler/icons-react'
import { findScenes, named } from '../../shared/media/video-actions.ts'
import { toastDone } from '../../shared/ui/toast.tsx'
import { type Feature, shortcutsOf } from '../../shared/registry/feature.ts'
import { SCENE_KEYS } from './scene-keys.ts'

export const scenes: Feature = {
  videoActions: [
    {
      id: 'find-scenes',
      name: 'Find scenes again',
      icon: IconObjectScan,
      many: true,
      run: async (videos) => {
        if (await findScenes(videos)) toastDone(`Finding scenes of ${named(videos)} again.`)
      },
    },
  ],
  videoPage: async () => (await import('./video-page.ts')).SCENES,
  shortcuts: [{ name: 'Player', shortcuts: shortcutsOf(SCENE_KEYS) }],
}
