import { Button } from '@mantine/core'
import { IconDeviceSdCard, IconFolder, IconLock, type TablerIcon } from '@tabler/icons-react'
import clsx from 'clsx'
import type { WatchedFolder } from '../../../../main/contract/index.ts'
import { folderState } from './folder-text.ts'
import section from '../../../shared/settings/section.module.css'
import classes from './WatchedFolders.module.css'

const ICONS: Record<WatchedFolder['state'], TablerIcon> = {
  watching: IconFolder,
  missing: IconDeviceSdCard,
  refused: IconLock,
}

interface WatchedFolderRowProps {
  folder: WatchedFolder
  onRemove: () => void
}

/** One watched folder: its path, its state, how much was imported. */
export function WatchedFolderRow({ folder, onRemove }: WatchedFolderRowProps) {
  const { path, state } = folder
  const { text, reason, note } = folderState(folder)
  const Icon = ICONS[state]
  return (
    <li className={classes.folder} data-state={state}>
      <Icon size={18} stroke={1.75} aria-hidden />
      <div className={classes.about}>
        <div className={classes.path} title={path}>
          {/* Cut off at its start: the end of a path tells folders apart. */}
          <bdi>{path}</bdi>
        </div>
        <div className={clsx(classes.state, section.small)}>
          <b>{text}</b>
          {reason && <span>{reason}</span>}
          <span>{note}</span>
        </div>
      </div>
      <Button variant="subtle" color="gray" h={26} aria-label={`Remove ${path}`} onClick={onRemove}>
        Remove
      </Button>
    </li>
  )
}
