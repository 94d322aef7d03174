import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconKeyboard, IconMoon, IconSun } from '@tabler/icons-react'
import { navigate } from 'wouter/use-hash-location'
import type { Command } from '../shared/registry/feature.ts'
import { useContributions } from '../shared/registry/features.ts'
import { openKeyMap } from '../shared/ui/key-map-state.ts'

/** Everything the palette offers besides what it finds, in the order it is shown. */
export function useCommands(): Command[] {
  const { setColorScheme } = useMantineColorScheme()
  const other = useComputedColorScheme('dark') === 'dark' ? 'light' : 'dark'
  const places = useContributions('rail').map(({ path, name, icon }) => ({
    id: path,
    name: `Go to ${name}`,
    icon,
    run: () => navigate(path),
  }))
  // Hooks of the features: their list never changes, so that the order of the hooks does not.
  const now = useContributions('useCommands').flatMap((commandsNow) => commandsNow())
  return [
    ...places,
    ...now,
    ...useContributions('commands'),
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
