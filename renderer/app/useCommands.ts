import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import {
  IconFolderPlus,
  IconKeyboard,
  IconMoon,
  IconPlus,
  IconServer,
  IconSettings,
  IconSun,
} from '@tabler/icons-react'
import { useLocation } from 'wouter'
import { useImport } from '../features/upload/useImport.ts'
import { bridge } from '../shared/engine/bridge.ts'
import type { Command } from './commands.ts'
import { openKeyMap } from './keyMapState.ts'
import { PLACES } from './places.ts'

/** Everything the palette offers besides videos, in the order it is shown. */
export function useCommands(): Command[] {
  const [, navigate] = useLocation()
  const { pickFiles, pickFolder } = useImport()
  const { setColorScheme } = useMantineColorScheme()
  const other = useComputedColorScheme('dark') === 'dark' ? 'light' : 'dark'
  const places = PLACES.map(({ path, name, icon }) => ({
    id: path,
    name: `Go to ${name}`,
    icon,
    run: () => navigate(path),
  }))
  return [
    ...places,
    { id: 'settings', name: 'Go to Settings', icon: IconSettings, run: () => navigate('/settings') },
    {
      id: 'server',
      name: 'Local server and API keys',
      words: 'settings http port',
      icon: IconServer,
      run: () => navigate('/settings/server'),
    },
    {
      id: 'files',
      name: 'Import files',
      words: 'add upload',
      icon: IconPlus,
      key: bridge.platform === 'darwin' ? '⌘ O' : 'Ctrl O',
      run: pickFiles,
    },
    { id: 'folder', name: 'Import a folder', words: 'add upload card', icon: IconFolderPlus, run: pickFolder },
    {
      id: 'scheme',
      name: `Use the ${other} theme`,
      words: 'appearance colour color mode toggle',
      icon: other === 'light' ? IconSun : IconMoon,
      run: () => setColorScheme(other),
    },
    { id: 'keys', name: 'Show shortcuts', words: 'keyboard help', icon: IconKeyboard, key: '?', run: openKeyMap },
  ]
}
