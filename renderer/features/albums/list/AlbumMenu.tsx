import { Menu } from '@mantine/core'
import { IconPencil, IconPlayerPlay, IconShare2, IconTrash } from '@tabler/icons-react'
import type { AlbumSummary } from '../../../../main/contract/index.ts'
import { CardMenu } from '../../../shared/ui/CardMenu.tsx'
import { openAlbum, removeAlbum } from '../actions.ts'
import { editAlbum, shareAlbum } from '../dialogs/dialog.ts'
import { closeCardMenu, useCardMenu } from '../../../shared/grid/card-menu.ts'

/** What can be done with an album as a whole. */
export function AlbumMenu({ albums }: { albums: readonly AlbumSummary[] }) {
  const open = useCardMenu((menu) => menu.open)
  const album = albums.find(({ albumId }) => albumId === open?.id)
  return (
    <CardMenu place={album ? open : null} label={`Actions for ${album?.title}`} width={210} onClose={closeCardMenu}>
      {album && (
        <>
          <Menu.Item
            leftSection={<IconPlayerPlay size={16} stroke={1.75} />}
            rightSection={<kbd>Enter</kbd>}
            onClick={() => openAlbum(album)}
          >
            Open
          </Menu.Item>
          <AlbumItems album={album} onRemove={() => void removeAlbum(album)} />
        </>
      )}
    </CardMenu>
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
