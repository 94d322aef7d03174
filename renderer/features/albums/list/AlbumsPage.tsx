import { Button, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconAlbumOff, IconPlus, IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import type { AlbumSummary } from '../../../../main/contract/index.ts'
import { count } from '../../../shared/format/size.ts'
import { LoadError } from '../../../shared/ui/LoadError.tsx'
import { Notice } from '../../../shared/ui/Notice.tsx'
import { outsideDialogs } from '../../../shared/ui/outside-dialogs.ts'
import { TopBar } from '../../../shared/ui/TopBar.tsx'
import { undoLast } from '../../../shared/ui/undo.ts'
import { AlbumDialogs } from '../dialogs/AlbumDialogs.tsx'
import { newAlbum } from '../dialogs/dialog.ts'
import { AlbumGrid } from './AlbumGrid.tsx'
import { EmptyAlbums } from './EmptyAlbums.tsx'
import { LoadingAlbums } from './LoadingAlbums.tsx'
import { albumsNamed } from './albums-named.ts'
import { useAlbums } from './useAlbums.ts'
import classes from './AlbumsPage.module.css'

const SEARCH_ID = 'album-search'

function find(): void {
  const field = document.getElementById(SEARCH_ID)
  if (field instanceof HTMLInputElement) field.select()
}

/** All albums, the newest first. */
export function AlbumsPage() {
  const { data: albums, error, refetch } = useAlbums()
  const [search, setSearch] = useState('')
  useHotkeys([
    ['N', outsideDialogs(newAlbum)],
    ['mod+Z', outsideDialogs(() => void undoLast())],
    ['/', outsideDialogs(find)],
    ['mod+F', outsideDialogs(find)],
  ])
  const leave = ({ key, currentTarget }: KeyboardEvent<HTMLInputElement>): void => {
    if (key !== 'Escape') return
    if (search === '') currentTarget.blur()
    else setSearch('')
  }
  const empty = albums?.length === 0
  return (
    <>
      <TopBar title={<h1>Albums</h1>} facts={albums && !empty && count(albums.length, 'album')}>
        {albums && !empty && (
          <TextInput
            id={SEARCH_ID}
            className={classes.search}
            aria-label="Search albums"
            placeholder="Search albums"
            leftSection={<IconSearch size={16} stroke={1.75} />}
            rightSection={search === '' && <kbd>/</kbd>}
            value={search}
            onChange={({ currentTarget }) => setSearch(currentTarget.value)}
            onKeyDown={leave}
          />
        )}
        <Button
          variant={empty ? 'default' : 'filled'}
          leftSection={<IconPlus size={16} stroke={1.75} />}
          title="New album (N)"
          onClick={newAlbum}
        >
          New album
        </Button>
      </TopBar>
      {!albums && !error && <LoadingAlbums />}
      {!albums && error && (
        <LoadError title="The albums could not be loaded" error={error} onRetry={refetch}>
          Nothing in them is lost.
        </LoadError>
      )}
      {empty && <EmptyAlbums />}
      {albums && !empty && <Found albums={albumsNamed(albums, search)} search={search} onClear={() => setSearch('')} />}
      <AlbumDialogs />
    </>
  )
}

interface FoundProps {
  albums: readonly AlbumSummary[]
  search: string
  onClear: () => void
}

function Found({ albums, search, onClear }: FoundProps) {
  if (albums.length > 0) return <AlbumGrid albums={albums} />
  return (
    <Notice
      icon={IconAlbumOff}
      title="No albums to show"
      action={
        <Button variant="default" onClick={onClear}>
          Clear search
        </Button>
      }
    >
      No title or description contains “{search.trim()}”.
    </Notice>
  )
}
