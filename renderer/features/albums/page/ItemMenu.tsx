import { Menu } from '@mantine/core'
import {
  IconArrowLeft,
  IconArrowRight,
  IconFolderPlus,
  IconMovie,
  IconPencil,
  IconPhoto,
  IconPlayerPlay,
  IconSquareMinus,
} from '@tabler/icons-react'
import { useLocation } from 'wouter'
import type { Album, AlbumItem } from '../../../../main/contract/index.ts'
import { videoPath } from '../../../shared/navigation/paths.ts'
import { CardMenu } from '../../../shared/ui/CardMenu.tsx'
import { nameOf } from '../album-text.ts'
import { closeCardMenu, useCardMenu } from '../../../shared/grid/card-menu.ts'
import { isElsewhere } from '../../../shared/media/media.ts'
import type { AlbumView } from './useAlbumView.ts'

interface ItemMenuProps {
  album: Album
  view: AlbumView
  onPlay: (item: AlbumItem) => void
}

/** What can be done with one item, or with all selected ones where it is among them. */
export function ItemMenu({ album, view, onPlay }: ItemMenuProps) {
  const open = useCardMenu((menu) => menu.open)
  const item = album.items.find(({ itemId }) => itemId === open?.id)
  return (
    <CardMenu
      place={item ? open : null}
      label={item ? `Actions for ${nameOf(item)}` : ''}
      width={240}
      onClose={closeCardMenu}
    >
      {item && <Items album={album} item={item} view={view} onPlay={onPlay} />}
    </CardMenu>
  )
}

function Items({ album, item, view, onPlay }: ItemMenuProps & { item: AlbumItem }) {
  const [, navigate] = useLocation()
  const items = view.targetsOf(item)
  const last = album.items.length - 1
  return (
    <>
      <Menu.Item
        leftSection={<IconPlayerPlay size={16} stroke={1.75} />}
        rightSection={<kbd>Enter</kbd>}
        onClick={() => onPlay(item)}
      >
        Play from here
      </Menu.Item>
      <Menu.Item
        leftSection={<IconMovie size={16} stroke={1.75} />}
        disabled={isElsewhere(item)}
        onClick={() => navigate(videoPath(item.videoId))}
      >
        Open video
      </Menu.Item>
      <Menu.Item
        leftSection={<IconPencil size={16} stroke={1.75} />}
        rightSection={<kbd>F2</kbd>}
        onClick={() => view.write(item.itemId)}
      >
        Edit caption
      </Menu.Item>
      <Menu.Item
        leftSection={<IconFolderPlus size={16} stroke={1.75} />}
        rightSection={<kbd>Shift A</kbd>}
        onClick={() => view.addElsewhere(items)}
      >
        Add to another album…
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconPhoto size={16} stroke={1.75} />}
        disabled={item.order === 0}
        onClick={() => view.shift([item], -Infinity)}
      >
        Use as cover
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowLeft size={16} stroke={1.75} />}
        rightSection={<kbd>Alt ←</kbd>}
        disabled={item.order === 0}
        onClick={() => view.shift(items, -1)}
      >
        Move earlier
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowRight size={16} stroke={1.75} />}
        rightSection={<kbd>Alt →</kbd>}
        disabled={item.order === last}
        onClick={() => view.shift(items, 1)}
      >
        Move later
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconSquareMinus size={16} stroke={1.75} />}
        rightSection={<kbd>Del</kbd>}
        onClick={() => view.remove(items)}
      >
        {items.length === 1 ? 'Remove from album' : `Remove ${items.length} from album`}
      </Menu.Item>
    </>
  )
}
