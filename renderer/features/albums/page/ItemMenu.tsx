import { Menu } from '@mantine/core'
import {
  IconArrowLeft,
  IconArrowRight,
  IconDots,
  IconFolderPlus,
  IconMovie,
  IconPencil,
  IconPhoto,
  IconPlayerPlay,
  IconSquareMinus,
} from '@tabler/icons-react'
import { useLocation } from 'wouter'
import type { Album, AlbumItem } from '../../../../main/contract/index.ts'
import { videoPath } from '../../../app/places.ts'
import { nameOf } from '../album-text.ts'
import { isElsewhere } from '../media.ts'
import { OWN_CLICKS } from './own-clicks.ts'
import type { AlbumView } from './useAlbumView.ts'

interface ItemMenuProps {
  album: Album
  item: AlbumItem
  view: AlbumView
  tabIndex: 0 | -1
  className: string | undefined
  onPlay: (item: AlbumItem) => void
}

/** What can be done with one item, or with all selected ones where it is among them. */
export function ItemMenu({ album, item, view, tabIndex, className, onPlay }: ItemMenuProps) {
  const name = nameOf(item)
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <button
          type="button"
          className={className}
          aria-label={`Actions for ${name}`}
          tabIndex={tabIndex}
          {...{ [OWN_CLICKS]: '' }}
        >
          <IconDots size={16} stroke={1.75} />
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={`Actions for ${name}`}>
        <Items album={album} item={item} view={view} onPlay={onPlay} />
      </Menu.Dropdown>
    </Menu>
  )
}

function Items({ album, item, view, onPlay }: Pick<ItemMenuProps, 'album' | 'item' | 'view' | 'onPlay'>) {
  const [, navigate] = useLocation()
  const items = view.about(item)
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
        Open the video
      </Menu.Item>
      <Menu.Item
        leftSection={<IconPencil size={16} stroke={1.75} />}
        rightSection={<kbd>F2</kbd>}
        onClick={() => view.write(item.itemId)}
      >
        Write a caption
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
        Make it the cover
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowLeft size={16} stroke={1.75} />}
        rightSection={<kbd>Alt ←</kbd>}
        disabled={item.order === 0}
        onClick={() => view.shift(items, -1)}
      >
        Move forward
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowRight size={16} stroke={1.75} />}
        rightSection={<kbd>Alt →</kbd>}
        disabled={item.order === last}
        onClick={() => view.shift(items, 1)}
      >
        Move back
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconSquareMinus size={16} stroke={1.75} />}
        rightSection={<kbd>Del</kbd>}
        onClick={() => view.remove(items)}
      >
        {items.length === 1 ? 'Remove from the album' : `Remove ${items.length} from the album`}
      </Menu.Item>
    </>
  )
}
