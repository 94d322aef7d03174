import type { NodePlatform } from '../../preload/bridge.ts'
import type { Feature, ShortcutGroup } from '../shared/registry/feature.ts'

const EVERYWHERE: ShortcutGroup = {
  name: 'Everywhere',
  shortcuts: [
    { does: 'Command palette', keys: [['Mod', 'K']] },
    { does: 'This list', keys: [['?']] },
    { does: 'Close what is open', keys: [['Esc']] },
  ],
}

/** Every shortcut there is, by the place it works in. `Mod` is Ctrl, or ⌘ on a Mac. */
export function shortcutsOf(features: readonly Feature[]): ShortcutGroup[] {
  const groups = [EVERYWHERE, ...features.flatMap(({ shortcuts = [] }) => shortcuts)]
  const names = [...new Set(groups.map(({ name }) => name))]
  return names.map((name) => ({
    name,
    shortcuts: groups.filter((group) => group.name === name).flatMap(({ shortcuts }) => shortcuts),
  }))
}

/** What is printed on a key of this platform. */
export function keyName(key: string, platform: NodePlatform): string {
  if (key === 'Mod') return platform === 'darwin' ? '⌘' : 'Ctrl'
  if (key === 'Shift' && platform === 'darwin') return '⇧'
  if (key === 'Alt' && platform === 'darwin') return '⌥'
  return key
}
