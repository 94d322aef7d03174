import type { Virtualizer } from '@tanstack/react-virtual'
import { useEffect, type DragEvent, type FocusEvent, type KeyboardEvent, type MouseEvent, type RefObject } from 'react'
import type { Video } from '../../../main/contract/index.ts'
import { startDrag } from '../../shared/media/drag.ts'
import { mediaOf } from '../../shared/media/media.ts'
import { openVideo } from './actions.ts'
import { moved, moveOf, rowWith } from './movement.ts'
import type { Row } from './rows.ts'
import { only, ranged, toggled, type Selection } from '../../shared/grid/selection.ts'
import { useSelection } from './selection.ts'

/** Marks the element of a video, so that one listener on the grid serves all cards. */
export const VIDEO_ATTRIBUTE = 'data-video'
/** Marks what inside a card takes clicks for itself. */
export const OWN_CLICKS = 'data-own-clicks'

/** Mouse and keyboard of the grid: a click selects, Ctrl takes one more, Shift a range; a double click or Enter opens. */
export function useGridInput(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly Row[],
  videos: readonly Video[],
  virtualizer: Virtualizer<HTMLElement, Element>,
) {
  const { change, activate, goTo, arrive } = useSelection.getState()
  const wanted = useSelection((selection) => selection.wanted)
  const order = (): string[] => videos.map(({ videoId }) => videoId)

  // A card that was out of sight exists only after it was scrolled to.
  useEffect(() => {
    const card = wanted && scroller.current?.querySelector<HTMLElement>(`[${VIDEO_ATTRIBUTE}="${wanted}"]`)
    if (!card) return
    card.focus({ preventScroll: true })
    arrive()
  })

  const moveTo = (id: string, extend: boolean): void => {
    if (extend) change((now) => ranged(now.anchor === null ? { ...now, anchor: now.active } : now, id, order()))
    goTo(id)
    virtualizer.scrollToIndex(rowWith(rows, id), { align: 'auto' })
  }

  const onClick = (event: MouseEvent): void => {
    const id = videoOf(event)
    if (id) change(selectionAfter(event, id, order()))
    else if (!ownsClicks(event)) useSelection.getState().clear()
  }

  const onDoubleClick = (event: MouseEvent): void => {
    const id = videoOf(event)
    if (id) openVideo({ videoId: id })
  }

  /** A selected card takes all that are selected along. */
  const onDragStart = (event: DragEvent): void => {
    const id = videoOf(event)
    const { selected } = useSelection.getState()
    const isDragged = (videoId: string): boolean =>
      id !== null && selected.has(id) ? selected.has(videoId) : videoId === id
    const dragged = videos.filter(({ videoId }) => isDragged(videoId))
    if (dragged.length > 0) startDrag(event, { media: dragged.map(mediaOf), from: null })
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const id = (event.target as HTMLElement).getAttribute(VIDEO_ATTRIBUTE)
    if (id === null || event.altKey) return
    const ctrl = event.ctrlKey || event.metaKey
    const move = moveOf(event.key, ctrl)
    if (move) {
      const to = moved(rows, id, move, rowsInSight(virtualizer))
      if (to) moveTo(to, event.shiftKey)
    } else if (event.key === 'Enter') openVideo({ videoId: id })
    else if (event.key === ' ') change((now) => toggled(now, id))
    else return
    event.preventDefault()
  }

  const onFocus = (event: FocusEvent): void => {
    const id = event.target.getAttribute(VIDEO_ATTRIBUTE)
    if (id) activate(id)
  }

  return { onClick, onDoubleClick, onDragStart, onKeyDown, onFocus }
}

function selectionAfter(event: MouseEvent, id: string, order: readonly string[]): (now: Selection) => Selection {
  if (event.shiftKey) return (now) => ranged(now, id, order)
  if (event.ctrlKey || event.metaKey) return (now) => toggled(now, id)
  return () => only(id)
}

/** The video whose card was clicked, outside its own buttons. */
function videoOf(event: MouseEvent): string | null {
  if (ownsClicks(event)) return null
  return (event.target as Element).closest(`[${VIDEO_ATTRIBUTE}]`)?.getAttribute(VIDEO_ATTRIBUTE) ?? null
}

function ownsClicks({ target, currentTarget }: MouseEvent): boolean {
  // React passes on clicks from a card's menu too, although it lies elsewhere in the page.
  return !currentTarget.contains(target as Node) || (target as Element).closest(`[${OWN_CLICKS}]`) !== null
}

function rowsInSight({ range }: Virtualizer<HTMLElement, Element>): number {
  return range ? Math.max(1, range.endIndex - range.startIndex - 1) : 1
}
