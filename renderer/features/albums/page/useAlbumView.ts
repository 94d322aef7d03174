import { useState } from 'react'
import type { Album, AlbumItem } from '../../../../main/contract/index.ts'
import { NOTHING, type Selection, survivor } from '../../../shared/grid/selection.ts'
import { removeItems, reorder } from '../actions.ts'
import { type GridFocus, useGridFocus } from '../../../shared/grid/useGridFocus.ts'
import { chooseAlbumFor } from '../picker/picker-state.ts'
import { mediaOfItem } from '../../../shared/media/media.ts'
import { shifted } from '../order.ts'

/** What a person is doing on the page of an album. */
export interface AlbumView {
  readonly focus: GridFocus
  readonly selection: Selection
  /** The selected items, in the album's order. */
  readonly selected: readonly AlbumItem[]
  readonly select: (change: (now: Selection) => Selection) => void
  readonly clear: () => void
  readonly selectAll: () => void
  /** What an action begun on `item` is about: all that is selected where it is, or else it alone. */
  readonly targetsOf: (item: AlbumItem) => readonly AlbumItem[]
  /** The same for keys that name no item: the selected, or the one with the keyboard. */
  readonly chosen: () => readonly AlbumItem[]
  readonly remove: (items: readonly AlbumItem[]) => void
  readonly addElsewhere: (items: readonly AlbumItem[]) => void
  /** Moves items `by` places, and says where to. */
  readonly shift: (items: readonly AlbumItem[], by: number) => void
  /** What was moved where, for those who hear the page. */
  readonly announcement: string
  /** The item whose caption is being written. */
  readonly writing: string | null
  readonly write: (itemId: string | null) => void
}

export function useAlbumView(album: Album): AlbumView {
  const focus = useGridFocus()
  const [selection, setSelection] = useState(NOTHING)
  const [announcement, announce] = useState('')
  const [writing, write] = useState<string | null>(null)
  const order = album.items.map(({ itemId }) => itemId)
  const selected = album.items.filter(({ itemId }) => selection.selected.has(itemId))
  const clear = (): void => setSelection(NOTHING)
  const targetsOf = (item: AlbumItem): readonly AlbumItem[] => (selection.selected.has(item.itemId) ? selected : [item])
  const remove = (items: readonly AlbumItem[]): void => {
    if (items.length === 0) return
    const gone = new Set(items.map(({ itemId }) => itemId))
    clear()
    focus.goTo(survivor(order, gone))
    void removeItems(album, items)
  }
  const shift = (items: readonly AlbumItem[], by: number): void => {
    const moving = new Set(items.map(({ itemId }) => itemId))
    const next = shifted(order, moving, by)
    void reorder(album, next)
    const place = next.findIndex((id) => moving.has(id)) + 1
    announce(`${items.length === 1 ? 'Moved' : `${items.length} moved`} to place ${place} of ${order.length}`)
  }
  return {
    focus,
    selection,
    selected,
    select: setSelection,
    clear,
    selectAll: () => setSelection((now) => ({ ...now, selected: new Set(order) })),
    targetsOf,
    chosen: () => (selected.length > 0 ? selected : album.items.filter(({ itemId }) => itemId === focus.active)),
    remove,
    addElsewhere: (items) => chooseAlbumFor(items.map(mediaOfItem)),
    shift,
    announcement,
    writing,
    write,
  }
}
