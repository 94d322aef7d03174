import { Button, VisuallyHidden } from '@mantine/core'
import { IconFolderPlus, IconPlayerPlay, IconPlus, IconSquareMinus } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { Album, AlbumItem } from '../../../../main/contract/index.ts'
import { clock } from '../../../shared/format/time.ts'
import { SelectionAction, SelectionBar } from '../../../shared/ui/SelectionBar.tsx'
import { TopBar } from '../../../shared/ui/TopBar.tsx'
import { Crumbs } from '../../../shared/ui/Crumbs.tsx'
import { AlbumDialogs } from '../dialogs/AlbumDialogs.tsx'
import { ALBUMS_PATH } from '../paths.ts'
import { AlbumHead } from './AlbumHead.tsx'
import { EmptyAlbum } from './EmptyAlbum.tsx'
import { ItemGrid } from './ItemGrid.tsx'
import { LibraryPane } from './LibraryPane.tsx'
import { useAlbumKeys } from './useAlbumKeys.ts'
import { type AlbumView, useAlbumView } from './useAlbumView.ts'
import page from '../../../shared/ui/page.module.css'

const Slideshow = lazy(async () => ({ default: (await import('../slideshow/Slideshow.tsx')).Slideshow }))

/** What is shown full screen, and where it begins. */
interface Show {
  readonly items: readonly AlbumItem[]
  readonly from: number
}

export function OpenAlbum({ album }: { album: Album }) {
  const view = useAlbumView(album)
  const [adding, setAdding] = useState(album.items.length === 0)
  const [show, setShow] = useState<Show | null>(null)
  const playAll = (): void => setShow({ items: album.items, from: 0 })
  const playFrom = (item: AlbumItem): void => setShow({ items: album.items, from: album.items.indexOf(item) })
  const toggleAdding = (): void => setAdding(!adding)
  const stopAdding = (): void => {
    if (!adding) return
    setAdding(false)
    // The pane takes what had the keyboard with it.
    view.focus.goTo(view.focus.active ?? album.items[0]?.itemId ?? null)
  }
  useAlbumKeys(album, view, { playAll, toggleAdding, stopAdding })
  const head = <AlbumHead album={album} onPlay={playAll} />
  return (
    <>
      <TopBar
        title={
          <Crumbs path={ALBUMS_PATH} name="Albums">
            <strong>{album.title}</strong>
          </Crumbs>
        }
      >
        <Button
          variant="default"
          leftSection={<IconPlus size={16} stroke={1.75} />}
          aria-expanded={adding}
          title="Add from the library (A)"
          onClick={toggleAdding}
        >
          Add from library
        </Button>
      </TopBar>
      <div className={page.body}>
        <div className={page.content}>
          {album.items.length === 0 ? (
            <EmptyAlbum album={album} head={head} onAdd={() => setAdding(true)} />
          ) : (
            <ItemGrid album={album} view={view} head={head} onPlay={playFrom} onAdd={() => setAdding(true)} />
          )}
          <Selected view={view} onPlay={(items) => setShow({ items, from: 0 })} />
        </div>
        {adding && <LibraryPane album={album} onClose={stopAdding} />}
      </div>
      <VisuallyHidden role="status">{view.announcement}</VisuallyHidden>
      <AlbumDialogs />
      {show && (
        <Suspense>
          <Slideshow items={show.items} from={show.from} title={album.title} onClose={() => setShow(null)} />
        </Suspense>
      )}
    </>
  )
}

function Selected({ view, onPlay }: { view: AlbumView; onPlay: (items: readonly AlbumItem[]) => void }) {
  const { selected, clear, remove, addElsewhere } = view
  if (selected.length === 0) return null
  const seconds = selected.reduce((sum, { durationSeconds }) => sum + (durationSeconds ?? 0), 0)
  return (
    <SelectionBar
      label="Selected items"
      amount={`${selected.length} selected`}
      length={seconds > 0 ? clock(seconds) : ''}
      onClear={clear}
    >
      <SelectionAction icon={IconPlayerPlay} name="Play" act={() => onPlay(selected)} />
      <SelectionAction icon={IconFolderPlus} name="Add to album" act={() => addElsewhere(selected)} />
      <SelectionAction icon={IconSquareMinus} name="Remove" act={() => remove(selected)} />
    </SelectionBar>
  )
}
