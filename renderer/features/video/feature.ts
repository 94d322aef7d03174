import { lazy } from 'react'
import { PLAYER_KEYS } from '../../shared/player/keys.ts'
import { type Feature, shortcutsOf } from '../../shared/registry/feature.ts'

export const video: Feature = {
  routes: [
    {
      path: '/videos/:videoId',
      slimRail: true,
      Page: lazy(async () => ({ default: (await import('./VideoPage.tsx')).VideoPage })),
    },
  ],
  shortcuts: [{ name: 'Player', shortcuts: shortcutsOf(PLAYER_KEYS) }],
}
