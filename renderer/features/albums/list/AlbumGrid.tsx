import type { KeyboardEvent } from 'react'
import type { AlbumSummary } from '../../../../main/contract/index.ts'
import { survivor } from '../../../shared/grid/selection.ts'
import { openAlbum, removeAlbum } from '../actions.ts'
import { editAlbum, shareAlbum } from '../dialogs/dialog.ts'
import { CardGrid } from '../../../shared/grid/CardGrid.tsx'
import { useGridFocus } from '../../../shared/grid/useGridFocus.ts'
import { ALBUM_CARD } from '../sizes.ts'
import { AlbumCard } from './AlbumCard.tsx'
import { AlbumMenu } from './AlbumMenu.tsx'

const idOf = ({ albumId }: AlbumSummary): string => albumId

/** Albums as cards. Enter opens one, F2 renames it, S shares it, Delete takes it away. */
export function AlbumGrid({ albums }: { albums: readonly AlbumSummary[] }) {
  const focus = useGridFocus()
  const remove = (album: AlbumSummary): void => {
    focus.goTo(survivor(albums.map(idOf), new Set([album.albumId])))
    void removeAlbum(album)
  }
  const acts: Readonly<Record<string, (album: AlbumSummary) => void>> = {
    Enter: openAlbum,
    ' ': openAlbum,
    F2: editAlbum,
    s: shareAlbum,
    Delete: remove,
  }
  const onKey = (event: KeyboardEvent, album: AlbumSummary): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    act?.(album)
    return act !== undefined
  }
  return (
    <>
      <CardGrid label="Albums" items={albums} idOf={idOf} focus={focus} onKey={onKey} {...ALBUM_CARD} header={<Air />}>
        {(album, _, tabIndex) => <AlbumCard key={album.albumId} album={album} tabIndex={tabIndex} />}
      </CardGrid>
      <AlbumMenu albums={albums} />
    </>
  )
}

/** The room above the first row. */
function Air() {
  return <div style={{ height: 16 }} />
}
