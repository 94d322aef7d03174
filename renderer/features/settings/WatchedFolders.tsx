import { Button, Skeleton } from '@mantine/core'
import { IconFolderPlus } from '@tabler/icons-react'
import { Problem } from './Problem.tsx'
import { useFolderActions, useWatchedFolders } from './useWatchedFolders.ts'
import { WatchedFolderRow } from './WatchedFolderRow.tsx'
import section from './Section.module.css'
import classes from './WatchedFolders.module.css'

/** Folders that are imported by themselves: a card reader, a share, the place a camera's program writes to. */
export function WatchedFolders() {
  const { data, error, refetch } = useWatchedFolders()
  const { choose, remove, busy } = useFolderActions()
  const folders = data?.folders
  return (
    <>
      <div className={classes.head}>
        <p className={section.lead}>
          Videos put into these folders are imported automatically once they are copied completely. The files stay where
          they are.
        </p>
        {folders && folders.length > 0 && <AddFolder variant="default" busy={busy} onClick={choose} />}
      </div>
      {error && <Problem what="The watched folders" error={error} onRetry={() => void refetch()} />}
      {!folders && !error && <Skeleton h={64} radius={8} />}
      {folders?.length === 0 && (
        <div className={classes.none}>
          <div>
            <strong>No watched folders yet</strong>
            <p>Choose the folder that your card reader or camera copies to. Footage is then imported automatically.</p>
          </div>
          <AddFolder variant="filled" busy={busy} onClick={choose} />
        </div>
      )}
      {folders && folders.length > 0 && (
        <ul className={classes.folders} aria-label="Watched folders">
          {folders.map((folder) => (
            <WatchedFolderRow key={folder.folderId} folder={folder} onRemove={() => remove(folder)} />
          ))}
        </ul>
      )}
    </>
  )
}

interface AddFolderProps {
  variant: 'default' | 'filled'
  busy: boolean
  onClick: () => void
}

function AddFolder({ variant, busy, onClick }: AddFolderProps) {
  return (
    <Button
      variant={variant}
      className={classes.add}
      leftSection={<IconFolderPlus size={16} stroke={1.75} />}
      disabled={busy}
      onClick={onClick}
    >
      Add folder…
    </Button>
  )
}
