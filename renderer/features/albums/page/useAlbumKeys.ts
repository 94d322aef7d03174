import { useHotkeys } from '@mantine/hooks'
import type { Album } from '../../../../main/contract/index.ts'
import { outsideDialogs } from '../../../shared/ui/outside-dialogs.ts'
import { undoLast } from '../../../shared/ui/undo.ts'
import { shareAlbum } from '../dialogs/dialog.ts'
import type { AlbumView } from './useAlbumView.ts'

interface PageActions {
  readonly playAll: () => void
  readonly toggleAdding: () => void
  readonly stopAdding: () => void
}

/** Keys that hold everywhere on the page of an album. */
export function useAlbumKeys(album: Album, view: AlbumView, page: PageActions): void {
  const leave = (): void => {
    if (view.selected.length > 0) view.clear()
    else page.stopAdding()
  }
  const keys: [string, () => void][] = [
    ['P', () => album.items.length > 0 && page.playAll()],
    ['A', page.toggleAdding],
    ['S', () => shareAlbum(album)],
    ['mod+A', view.selectAll],
    ['mod+Z', () => void undoLast()],
    ['shift+A', () => view.addElsewhere(view.chosen())],
    ['Delete', () => view.remove(view.chosen())],
    ['mod+Backspace', () => view.remove(view.chosen())],
    ['Escape', leave],
  ]
  useHotkeys(keys.map(([key, act]) => [key, outsideDialogs(act)]))
}
