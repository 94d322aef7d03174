import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import {
  IconAdjustmentsHorizontal,
  IconAlbum,
  IconEyeOff,
  IconFolderPlus,
  IconFolderSearch,
  IconHistory,
  IconLinkOff,
  IconKeyboard,
  IconMoon,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlus,
  IconServer,
  IconShieldCheck,
  IconSettings,
  IconSubtask,
  IconSun,
} from '@tabler/icons-react'
import { useLocation } from 'wouter'
import { listImports } from '../../main/contract/index.ts'
import { newAlbum } from '../features/albums/dialogs/dialog.ts'
import { ALBUMS_PATH } from '../features/albums/paths.ts'
import { composeFor } from '../features/pipeline/composer/draft.ts'
import { pauseAll, resumeAll } from '../features/uploads/pause-resume.ts'
import { isPausable } from '../features/uploads/import-status.ts'
import { useImport } from '../shared/media/useImport.ts'
import { bridge } from '../shared/engine/bridge.ts'
import { useEngine } from '../shared/engine/queries.ts'
import type { Command } from './commands.ts'
import { openKeyMap } from '../shared/ui/key-map-state.ts'
import { PLACES } from './navigation.ts'

/** Everything the palette offers besides videos, in the order it is shown. */
export function useCommands(): Command[] {
  const [, navigate] = useLocation()
  const { pickFiles, pickFolder } = useImport()
  const holding = useHolding()
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
    ...holding,
    { id: 'task', name: 'New task', words: 'detect track ocr feature run', icon: IconSubtask, run: () => composeFor() },
    {
      id: 'album',
      name: 'New album',
      words: 'share collection slideshow create',
      icon: IconAlbum,
      run: () => {
        navigate(ALBUMS_PATH)
        newAlbum()
      },
    },
    {
      id: 'watched',
      name: 'Watched folders',
      words: 'settings watch import automatic card',
      icon: IconFolderSearch,
      run: () => navigate('/settings/watched'),
    },
    {
      id: 'scenes',
      name: 'How finely videos are cut',
      words: 'settings scenes sensitivity shortest cuts',
      icon: IconAdjustmentsHorizontal,
      run: () => navigate('/settings/scenes'),
    },
    {
      id: 'care',
      name: 'Verify or back up the library',
      words: 'settings storage integrity checksum copy quarantine snapshot restore rebuild',
      icon: IconShieldCheck,
      run: () => navigate('/settings/library'),
    },
    {
      id: 'activity',
      name: 'Audit log',
      words: 'settings activity who deleted signed in export',
      icon: IconHistory,
      run: () => navigate('/settings/activity'),
    },
    {
      id: 'links',
      name: 'Revoke a shared link',
      words: 'settings secrets rotate signed url',
      icon: IconLinkOff,
      run: () => navigate('/settings/links'),
    },
    {
      id: 'privacy',
      name: 'Forget viewers',
      words: 'settings privacy analytics views',
      icon: IconEyeOff,
      run: () => navigate('/settings/privacy'),
    },
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

/** Pausing is offered while something can be paused, resuming while something is. */
function useHolding(): Command[] {
  const { data } = useEngine('imports', listImports, {})
  const imports = data?.imports ?? []
  const pausable = imports.some(isPausable)
  const paused = imports.some(({ status }) => status === 'paused')
  const commands: Command[] = []
  if (pausable) {
    const run = (): void => void pauseAll(imports)
    commands.push({ id: 'pause-all', name: 'Pause all uploads', words: 'hold stop', icon: IconPlayerPause, run })
  }
  if (paused) {
    const run = (): void => void resumeAll(imports)
    commands.push({ id: 'resume-all', name: 'Resume all uploads', words: 'go on', icon: IconPlayerPlay, run })
  }
  return commands
}
