import { Menu } from '@mantine/core'
import { IconPencil, IconPlayerPlay, IconShare2, IconTrash } from '@tabler/icons-react'
import type { MouseEvent, ReactNode } from 'react'
import type { AlbumSummary } from '../../../../main/contract/index.ts'
import { openAlbum, removeAlbum } from '../actions.ts'
import { editAlbum, shareAlbum } from '../dialogs/dialog.ts'

interface AlbumMenuProps {
  album: AlbumSummary
  /** The button that opens it. */
  children: ReactNode
}

/** What can be done with an album as a whole. */
export function AlbumMenu({ album, children }: AlbumMenuProps) {
  // React passes clicks on to the card that the menu belongs to, although it lies elsewhere in the page.
  const keep = (event: MouseEvent): void => event.stopPropagation()
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown onClick={keep} aria-label={`Actions for ${album.title}`}>
        <Menu.Item
          leftSection={<IconPlayerPlay size={16} stroke={1.75} />}
          rightSection={<kbd>Enter</kbd>}
          onClick={() => openAlbum(album)}
        >
          Open
        </Menu.Item>
        <AlbumItems album={album} onRemove={() => void removeAlbum(album)} />
      </Menu.Dropdown>
    </Menu>
  )
}

/** The part of the menu that its page offers, too. */
export function AlbumItems({ album, onRemove }: { album: AlbumSummary; onRemove: () => void }) {
  return (
    <>
      <Menu.Item
        leftSection={<IconPencil size={16} stroke={1.75} />}
        rightSection={<kbd>F2</kbd>}
        onClick={() => editAlbum(album)}
      >
        Title and description…
      </Menu.Item>
      <Menu.Item
        leftSection={<IconShare2 size={16} stroke={1.75} />}
        rightSection={<kbd>S</kbd>}
        onClick={() => shareAlbum(album)}
      >
        Share…
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        color="var(--fr-error)"
        leftSection={<IconTrash size={16} stroke={1.75} />}
        rightSection={<kbd>Del</kbd>}
        onClick={onRemove}
      >
        Delete album
      </Menu.Item>
    </>
  )
}
