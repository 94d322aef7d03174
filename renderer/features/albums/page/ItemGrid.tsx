import { IconPlus } from '@tabler/icons-react'
import {
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { Album, AlbumItem } from '../../../../main/contract/index.ts'
import { afterClick, ranged, toggled } from '../../../shared/grid/selection.ts'
import { addToAlbum, reorder, writeCaption } from '../actions.ts'
import { startDrag, useDrag } from '../../../shared/media/drag.ts'
import { CardGrid } from '../../../shared/grid/CardGrid.tsx'
import { CARD_ATTRIBUTE } from '../../../shared/grid/useGridFocus.ts'
import { mediaOfItem } from '../../../shared/media/media.ts'
import { movedTo } from '../order.ts'
import { ITEM_CARD } from '../sizes.ts'
import { type ItemActs, ItemCard } from './ItemCard.tsx'
import { ItemMenu } from './ItemMenu.tsx'
import { OWN_CLICKS, ownsClicks } from '../../../shared/grid/own-clicks.ts'
import type { AlbumView } from './useAlbumView.ts'
import classes from './ItemGrid.module.css'

interface ItemGridProps {
  album: Album
  view: AlbumView
  head: ReactNode
  onPlay: (item: AlbumItem) => void
  onAdd: () => void
}

const idOf = ({ itemId }: AlbumItem): string => itemId

/** The items of an album, to be put in order: by dragging, or with Alt and an arrow. */
export function ItemGrid({ album, view, head, onPlay, onAdd }: ItemGridProps) {
  const order = album.items.map(idOf)
  const drop = useItemDrop(album)
  const onKey = (event: KeyboardEvent, item: AlbumItem, columns: number): boolean => {
    const by = event.altKey ? STEPS[event.key]?.(columns) : undefined
    if (by !== undefined) view.shift(view.targetsOf(item), by)
    else if (event.altKey || event.ctrlKey || event.metaKey) return false
    else if (event.key === 'Enter') onPlay(item)
    else if (event.key === 'F2') view.write(item.itemId)
    else if (event.key === ' ') view.select((now) => toggled(now, item.itemId))
    else return false
    return true
  }
  const onMove = (itemId: string, extend: boolean): void => {
    if (extend) view.select((now) => ranged({ ...now, anchor: now.anchor ?? view.focus.active }, itemId, order))
  }
  const onClick = (event: MouseEvent): void => {
    if (ownsClicks(event)) return
    const id = cardAt(event.target)?.getAttribute(CARD_ATTRIBUTE)
    if (id) view.select(afterClick(event, id, order))
    else view.clear()
  }
  const drag = (event: DragEvent, item: AlbumItem): void => {
    const items = view.targetsOf(item)
    const from = { albumId: album.albumId, itemIds: new Set(items.map(idOf)) }
    startDrag(event, { media: items.map(mediaOfItem), from })
  }
  const acts = useStableActs({
    play: onPlay,
    drag,
    toggle: ({ itemId }) => view.select((now) => toggled(now, itemId)),
    write: ({ itemId }) => view.write(itemId),
    written: (item, text) => {
      view.write(null)
      view.focus.goTo(item.itemId)
      if (text !== null) void writeCaption(album.albumId, item, text)
    },
  })
  return (
    <div className={classes.drop} {...drop.listeners}>
      <CardGrid
        label="Items"
        items={album.items}
        idOf={idOf}
        focus={view.focus}
        header={head}
        tail={<Tail onAdd={onAdd} />}
        onKey={onKey}
        onMove={onMove}
        onClick={onClick}
        multiselectable
        {...ITEM_CARD}
      >
        {(item, index, tabIndex) => (
          <ItemCard
            key={item.itemId}
            item={item}
            selected={view.selection.selected.has(item.itemId)}
            writing={view.writing === item.itemId}
            tabIndex={tabIndex}
            marker={drop.markerAt(index)}
            acts={acts}
          />
        )}
      </CardGrid>
      <ItemMenu album={album} view={view} onPlay={onPlay} />
    </div>
  )
}

/** One object that does what the newest `acts` do. */
function useStableActs(acts: ItemActs): ItemActs {
  const newestRef = useRef(acts)
  useLayoutEffect(() => {
    newestRef.current = acts
  })
  const [stable] = useState<ItemActs>(() => ({
    play: (item) => newestRef.current.play(item),
    drag: (event, item) => newestRef.current.drag(event, item),
    toggle: (item) => newestRef.current.toggle(item),
    write: (item) => newestRef.current.write(item),
    written: (item, text) => newestRef.current.written(item, text),
  }))
  return stable
}

const STEPS: Readonly<Record<string, (columns: number) => number>> = {
  ArrowLeft: () => -1,
  ArrowRight: () => 1,
  ArrowUp: (columns) => -columns,
  ArrowDown: (columns) => columns,
  Home: () => -Infinity,
  End: () => Infinity,
}

/** The last cell leads to more. */
function Tail({ onAdd }: { onAdd: () => void }) {
  return (
    <div role="gridcell">
      <button type="button" className={classes.tail} onClick={onAdd} {...{ [OWN_CLICKS]: '' }}>
        <IconPlus size={16} stroke={1.75} aria-hidden />
        Add from library
      </button>
    </div>
  )
}

/** Beside which card something would be put. */
interface Place {
  readonly index: number
  readonly side: 'before' | 'after'
}

/** Takes what is dragged over the grid, between two cards or at the end. */
function useItemDrop(album: Album) {
  const dragged = useDrag((drag) => drag.dragged)
  const [place, setPlace] = useState<Place | null>(null)
  const placeOf = (event: DragEvent): Place => {
    const card = cardAt(event.target)
    const id = card?.getAttribute(CARD_ATTRIBUTE)
    const index = album.items.findIndex(({ itemId }) => itemId === id)
    if (!card || index === -1) return { index: album.items.length - 1, side: 'after' }
    const { left, width } = card.getBoundingClientRect()
    return { index, side: event.clientX < left + width / 2 ? 'before' : 'after' }
  }
  const listeners = {
    onDragOver: (event: DragEvent): void => {
      if (!dragged) return
      event.preventDefault()
      event.dataTransfer.dropEffect = dragged.from?.albumId === album.albumId ? 'move' : 'copy'
      const next = placeOf(event)
      if (next.index !== place?.index || next.side !== place.side) setPlace(next)
    },
    onDragLeave: (event: DragEvent): void => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setPlace(null)
    },
    onDrop: (event: DragEvent): void => {
      setPlace(null)
      if (!dragged) return
      event.preventDefault()
      const { index, side } = placeOf(event)
      const to = side === 'before' ? index : index + 1
      if (dragged.from?.albumId === album.albumId) {
        void reorder(album, movedTo(album.items.map(idOf), dragged.from.itemIds, to))
      } else void addToAlbum(album, dragged.media, { at: to, inSight: true })
    },
  }
  return {
    listeners,
    markerAt: (index: number) => (dragged && place?.index === index ? place.side : null),
  }
}

function cardAt(target: EventTarget): Element | null {
  return (target as Element).closest(`[${CARD_ATTRIBUTE}]`)
}
