import { IconFolderPlus, IconPlayerPause, IconPlayerPlay, IconPlus, IconUpload } from '@tabler/icons-react'
import { lazy } from 'react'
import { listImports } from '../../../main/contract/index.ts'
import { bridge } from '../../shared/engine/bridge.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { useImport } from '../../shared/media/useImport.ts'
import type { Command, Feature } from '../../shared/registry/feature.ts'
import { DropTarget } from './DropTarget.tsx'
import { isFinished, isPausable } from './import-status.ts'
import { pauseAll, resumeAll } from './pause-resume.ts'

export const uploads: Feature = {
  routes: [
    { path: '/uploads', Page: lazy(async () => ({ default: (await import('./UploadsPage.tsx')).UploadsPage })) },
  ],
  rail: {
    path: '/uploads',
    name: 'Uploads',
    icon: IconUpload,
    notesWork: true,
    useNote: () => {
      const { data } = useEngine('imports', listImports, {})
      const open = data?.imports.filter((one) => !isFinished(one)).length ?? 0
      return open > 0 ? String(open) : undefined
    },
  },
  useCommands: () => {
    const { pickFiles, pickFolder } = useImport()
    return [
      {
        id: 'files',
        name: 'Import files',
        words: 'add upload',
        icon: IconPlus,
        key: bridge.platform === 'darwin' ? '⌘ O' : 'Ctrl O',
        run: pickFiles,
      },
      { id: 'folder', name: 'Import a folder', words: 'add upload card', icon: IconFolderPlus, run: pickFolder },
      ...usePausing(),
    ]
  },
  shortcuts: [
    {
      name: 'Uploads',
      shortcuts: [
        { does: 'Next file, previous file', keys: [['↓'], ['↑']] },
        { does: 'Pause or resume the file', keys: [['Space']] },
        { does: 'Move the file up in line', keys: [['Alt', '↑']] },
        { does: 'Move the file down in line', keys: [['Alt', '↓']] },
        { does: 'Cancel or clear the file', keys: [['Delete']] },
      ],
    },
  ],
  settings: async () => [
    {
      id: 'watched',
      name: 'Watched folders',
      order: 30,
      Content: (await import('./watched/WatchedFolders.tsx')).WatchedFolders,
    },
  ],
  Root: DropTarget,
}

/** Pausing is offered while something can be paused, resuming while something is. */
function usePausing(): Command[] {
  const { data } = useEngine('imports', listImports, {})
  const imports = data?.imports ?? []
  const commands: Command[] = []
  if (imports.some(isPausable)) {
    const run = (): void => void pauseAll(imports)
    commands.push({ id: 'pause-all', name: 'Pause all uploads', words: 'hold stop', icon: IconPlayerPause, run })
  }
  if (imports.some(({ status }) => status === 'paused')) {
    const run = (): void => void resumeAll(imports)
    commands.push({ id: 'resume-all', name: 'Resume all uploads', words: 'go on', icon: IconPlayerPlay, run })
  }
  return commands
}
