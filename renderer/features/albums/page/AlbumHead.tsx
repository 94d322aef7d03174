import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots, IconEyeOff, IconPlayerPlayFilled, IconShare2 } from '@tabler/icons-react'
import { useLocation } from 'wouter'
import { type Album, updateAlbum } from '../../../../main/contract/index.ts'
import { useAct } from '../../../shared/engine/queries.ts'
import { clock } from '../../../shared/format/time.ts'
import { EditableName } from '../../../shared/ui/EditableName.tsx'
import { toastError } from '../../../shared/ui/toast.tsx'
import { removeAlbum } from '../actions.ts'
import { changedAt, hiddenText, sourcesOf } from '../album-text.ts'
import { Cover } from '../Cover.tsx'
import { shareAlbum } from '../dialogs/dialog.ts'
import { AlbumItems } from '../list/AlbumMenu.tsx'
import { ALBUMS_PATH } from '../paths.ts'
import { VISIBILITY } from '../visibility.ts'
import classes from './AlbumHead.module.css'

/** What the album is: its pictures, its name, how much is in it, and what can be done with all of it. */
export function AlbumHead({ album, onPlay }: { album: Album; onPlay: () => void }) {
  const { title, description, items } = album
  const update = useAct(updateAlbum, 'albums')
  const rename = (to: string): void =>
    update.mutate(
      { albumId: album.albumId, title: to },
      { onError: ({ message }) => toastError(`The title was not changed. ${message}`) },
    )
  return (
    <>
      <div className={classes.head}>
        <Cover album={album} className={classes.cover} />
        <div className={classes.words}>
          <h1>
            <EditableName
              name={(update.isPending ? update.variables.title : undefined) ?? title}
              hint="Change the title"
              label="Title"
              className={classes.title}
              onRename={rename}
            />
          </h1>
          {description !== null && <p className={classes.description}>{description}</p>}
          <Facts album={album} />
          <div className={classes.buttons}>
            <Button
              leftSection={<IconPlayerPlayFilled size={14} aria-hidden />}
              disabled={items.length === 0}
              title="Play all (P)"
              onClick={onPlay}
            >
              Play all
            </Button>
            <Button
              variant="default"
              leftSection={<IconShare2 size={16} stroke={1.75} />}
              title="Share (S)"
              onClick={() => shareAlbum(album)}
            >
              Share
            </Button>
            <More album={album} />
          </div>
        </div>
      </div>
      {items.length > 0 && (
        <div className={classes.section}>
          <h2>Items</h2>
          <span>Drag to reorder, or press Alt and an arrow key</span>
        </div>
      )}
    </>
  )
}

function Facts({ album }: { album: Album }) {
  const { visibility, items, totalSeconds, hiddenFromOthers } = album
  const { name, icon: Icon } = VISIBILITY[visibility]
  return (
    <p className={classes.facts}>
      <span>
        <Icon size={14} stroke={1.75} aria-hidden />
        {name}
      </span>
      {items.length > 0 && <span>{sourcesOf(items)}</span>}
      {totalSeconds > 0 && <span>{clock(totalSeconds)}</span>}
      <span>{changedAt(album)}</span>
      {visibility !== 'private' && hiddenFromOthers > 0 && (
        <span>
          <IconEyeOff size={14} stroke={1.75} aria-hidden />
          {hiddenText(hiddenFromOthers)}
        </span>
      )}
    </p>
  )
}

function More({ album }: { album: Album }) {
  const [, navigate] = useLocation()
  const remove = (): void => {
    // This page is about an album that is going: it leaves first, so that it does not report it missing.
    navigate(ALBUMS_PATH)
    void removeAlbum(album)
  }
  return (
    <Menu position="bottom-start" width={210}>
      <Menu.Target>
        <ActionIcon variant="default" aria-label="More actions">
          <IconDots size={16} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <AlbumItems album={album} onRemove={remove} />
      </Menu.Dropdown>
    </Menu>
  )
}
