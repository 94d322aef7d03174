import type { SettingsSection } from '../../shared/registry/feature.ts'
import { About } from './About.tsx'
import { Activity } from './Activity.tsx'
import { ApiKeys } from './ApiKeys.tsx'
import { Appearance } from './Appearance.tsx'
import { Links } from './Links.tsx'
import { LocalServer } from './LocalServer.tsx'
import { Scenes } from './Scenes.tsx'

export const SECTIONS: readonly SettingsSection[] = [
  { id: 'appearance', name: 'Appearance', order: 10, Content: Appearance },
  { id: 'scenes', name: 'Scenes', order: 20, Content: Scenes },
  { id: 'server', name: 'Local server', order: 40, Content: LocalServer },
  { id: 'keys', name: 'API keys', order: 50, Content: ApiKeys },
  { id: 'links', name: 'Shared links', order: 60, Content: Links },
  { id: 'activity', name: 'Activity', order: 90, Content: Activity },
  { id: 'about', name: 'About', order: 100, Content: About },
]
