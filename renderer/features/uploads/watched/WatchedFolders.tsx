import { Button } from '@mantine/core'
import { IconFolderPlus } from '@tabler/icons-react'
import { Loaded } from '../../../shared/settings/Loaded.tsx'
import { SectionHead } from '../../../shared/settings/SectionHead.tsx'
import { SettingRow } from '../../../shared/settings/SettingRow.tsx'
import { useFolderActions, useWatchedFolders } from './useWatchedFolders.ts'
import { WatchedFolderRow } from './WatchedFolderRow.tsx'
import section from '../../../shared/settings/section.module.css'

/** Folders that are imported automatically: a card reader, a network share, a camera program's folder. */
export function WatchedFolders() {
  const query = useWatchedFolders()
  const { choose, remove, busy } = useFolderActions()
  const hasFolders = (query.data?.folders.length ?? 0) > 0
  const add = (
    <Button
      variant={hasFolders ? 'default' : 'filled'}
      leftSection={<IconFolderPlus size={16} stroke={1.75} />}
      disabled={busy}
      onClick={choose}
    >
      Add folder…
    </Button>
  )
  return (
    <>
      <SectionHead action={hasFolders && add}>
        Videos put into these folders are imported automatically once they are copied completely. The files stay where
        they are.
      </SectionHead>
      <Loaded query={query} what="The watched folders" height={64}>
        {({ folders }) =>
          folders.length === 0 ? (
            <SettingRow
              name="No watched folders yet"
              hint="Choose the folder that your card reader or camera copies to. Footage is then imported automatically."
            >
              {add}
            </SettingRow>
          ) : (
            <ul className={section.list} aria-label="Watched folders">
              {folders.map((folder) => (
                <WatchedFolderRow key={folder.folderId} folder={folder} onRemove={() => remove(folder)} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  )
}
