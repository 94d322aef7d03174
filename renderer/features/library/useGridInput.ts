import type { Virtualizer } from '@tanstack/react-virtual'
import { useEffect, type DragEvent, type FocusEvent, type KeyboardEvent, type MouseEvent, type RefObject } from 'react'
import { moved, moveOf } from '../../shared/grid/movement.ts'
import { ownsClicks } from '../../shared/grid/own-clicks.ts'
import { afterClick, ranged, toggled } from '../../shared/grid/selection.ts'
import { rowsInSight } from '../../shared/grid/useVirtualRows.ts'
import { startDrag } from '../../shared/media/drag.ts'
import { mediaOf } from '../../shared/media/media.ts'
import { openVideo, refOf } from './actions.ts'
import { linesOf, type Row, rowWith } from './rows.ts'
import { useSelection } from './selection.ts'
import type { VideoSequence } from './video-sequence.ts'
import { useVisit } from './view.ts'

/** Marks the element of a video, so that one listener on the grid serves all cards. */
export const VIDEO_ATTRIBUTE = 'data-video'

/** Mouse and keyboard of the grid: a click selects, Ctrl takes one more, Shift a range; a double click or Enter opens. */
export function useGridInput(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly Row[],
  videos: VideoSequence,
  virtualizer: Virtualizer<HTMLElement, Element>,
) {
  const { change, activate } = useSelection.getState()
  useWantedFocus(scroller)

  const moveTo = (id: string, extend: boolean): void => {
    if (extend) change((now) => ranged({ ...now, anchor: now.anchor ?? now.active }, id, videos))
    useSelection.getState().goTo(id)
    virtualizer.scrollToIndex(rowWith(rows, videos.indexOf(id)), { align: 'auto' })
  }
  const onClick = (event: MouseEvent): void => {
    if (ownsClicks(event)) return
    const id = videoAt(event.target)
    if (id) change(afterClick(event, id, videos))
    else useSelection.getState().clear()
  }
  const onDoubleClick = (event: MouseEvent): void => {
    const id = ownsClicks(event) ? null : videoAt(event.target)
    if (id) openVideo({ videoId: id })
  }
  const onContextMenu = (event: MouseEvent): void => {
    const videoId = videoAt(event.target)
    if (videoId === null) return
    event.preventDefault()
    useVisit.setState({ menu: { videoId, x: event.clientX, y: event.clientY } })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const id = (event.target as HTMLElement).getAttribute(VIDEO_ATTRIBUTE)
    if (id === null || event.altKey) return
    const move = moveOf(event.key, event.ctrlKey || event.metaKey)
    if (move) {
      const to = videos.at(moved(linesOf(rows), videos.indexOf(id), move, rowsInSight(virtualizer)))
      if (to !== undefined) moveTo(to, event.shiftKey)
    } else if (event.key === 'Enter') openVideo({ videoId: id })
    else if (event.key === ' ') change((now) => toggled(now, id))
    else return
    event.preventDefault()
  }
  const onFocus = (event: FocusEvent): void => {
    const id = event.target.getAttribute(VIDEO_ATTRIBUTE)
    if (id) activate(id)
  }
  const onDragStart = (event: DragEvent): void => drag(event, videos)
  return { onClick, onDoubleClick, onContextMenu, onDragStart, onKeyDown, onFocus }
}

/** Focuses the video that the keyboard was sent to: a card that was out of sight exists only after it was scrolled to. */
function useWantedFocus(scroller: RefObject<HTMLElement | null>): void {
  const wanted = useSelection((selection) => selection.wanted)
  useEffect(() => {
    const card = wanted && scroller.current?.querySelector<HTMLElement>(`[${VIDEO_ATTRIBUTE}="${wanted}"]`)
    if (!card) return
    card.focus({ preventScroll: true })
    useSelection.getState().arrive()
  })
}

/** A selected card takes all that are selected along. */
function drag(event: DragEvent, videos: VideoSequence): void {
  const id = videoAt(event.target)
  if (id === null) return
  const { selected } = useSelection.getState()
  const dragged = selected.has(id) ? videos.among(selected).ids : [id]
  startDrag(event, { media: dragged.map(refOf).map(mediaOf), from: null })
}

/** The video whose card this lies in. */
function videoAt(target: EventTarget): string | null {
  return (target as Element).closest(`[${VIDEO_ATTRIBUTE}]`)?.getAttribute(VIDEO_ATTRIBUTE) ?? null
}
