import { Button } from '@mantine/core'
import { IconDeviceSdCard, IconFolder, IconLock, type TablerIcon } from '@tabler/icons-react'
import type { WatchedFolder } from '../../../main/contract/index.ts'
import { folderState } from './watched-folder.ts'
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

/** One watched folder: its path, how it stands, what it brought. */
export function WatchedFolderRow({ folder, onRemove }: WatchedFolderRowProps) {
  const { path, state } = folder
  const { text, reason, note } = folderState(folder)
  const Icon = ICONS[state]
  return (
    <li className={classes.folder} data-state={state}>
      <Icon size={18} stroke={1.75} aria-hidden className={classes.icon} />
      <div className={classes.about}>
        <div className={classes.path} title={path}>
          {/* The end tells folders apart: it is what stays when the room is short. */}
          <bdi>{path}</bdi>
        </div>
        <div className={classes.state}>
          <span className={classes.word}>{text}</span>
          {reason && <span>{reason}</span>}
          <span>{note}</span>
        </div>
      </div>
      <Button
        variant="subtle"
        color="gray"
        h={26}
        aria-label={`Remove ${path}`}
        className={classes.remove}
        onClick={onRemove}
      >
        Remove
      </Button>
    </li>
  )
}
