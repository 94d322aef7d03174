import {
  IconAdjustmentsHorizontal,
  IconEyeOff,
  IconFolderSearch,
  IconHistory,
  IconLinkOff,
  IconServer,
  IconSettings,
  IconShieldCheck,
  type TablerIcon,
} from '@tabler/icons-react'
import { lazy } from 'react'
import { navigate } from 'wouter/use-hash-location'
import type { Command, Feature } from '../../shared/registry/feature.ts'

const goTo = (section: string, name: string, words: string, icon: TablerIcon): Command => ({
  id: `settings ${section}`,
  name,
  words: `settings ${words}`,
  icon,
  run: () => navigate(`/settings/${section}`),
})

export const settings: Feature = {
  routes: [
    {
      path: '/settings/:section?',
      keepsState: true,
      Page: lazy(async () => ({ default: (await import('./SettingsPage.tsx')).SettingsPage })),
    },
  ],
  settings: async () => (await import('./sections.ts')).SECTIONS,
  commands: [
    { id: 'settings', name: 'Go to Settings', icon: IconSettings, run: () => navigate('/settings') },
    goTo('server', 'Local server and API keys', 'http port', IconServer),
    goTo('watched', 'Watched folders', 'watch import automatic card', IconFolderSearch),
    goTo('scenes', 'Scene detection settings', 'sensitivity shortest cuts', IconAdjustmentsHorizontal),
    goTo(
      'library',
      'Verify or back up the library',
      'storage integrity checksum copy quarantine snapshot restore rebuild',
      IconShieldCheck,
    ),
    goTo('activity', 'Audit log', 'activity who deleted signed in export', IconHistory),
    goTo('links', 'Revoke a shared link', 'secrets rotate signed url', IconLinkOff),
    goTo('privacy', 'Forget viewers', 'analytics views', IconEyeOff),
  ],
}
