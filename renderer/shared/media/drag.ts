import { type DragEvent, useState } from 'react'
import { create } from 'zustand'
import { count } from '../format/size.ts'
import type { Media } from './media.ts'

/** What is being dragged inside the window. */
export interface Dragged {
  readonly media: readonly Media[]
  /** Where they are items, to be moved within it. */
  readonly from: { readonly albumId: string; readonly itemIds: ReadonlySet<string> } | null
}

/** Kept beside the browser's own drag: a page may read that only once it is dropped. */
export const useDrag = create<{ readonly dragged: Dragged | null }>()(() => ({ dragged: null }))

/** Begins to drag media; the pointer carries their number when there are several. */
export function startDrag({ dataTransfer }: DragEvent, dragged: Dragged): void {
  dataTransfer.effectAllowed = 'copyMove'
  dataTransfer.setData('text/plain', dragged.media.flatMap(({ title }) => title || []).join('\n'))
  if (dragged.media.length > 1) dataTransfer.setDragImage(numberSign(dragged.media.length), -12, -12)
  // Chromium ends a drag whose source changes while it begins.
  setTimeout(() => useDrag.setState({ dragged }))
  window.addEventListener('dragend', endDrag, { once: true })
}

function endDrag(): void {
  useDrag.setState({ dragged: null })
}

/** A sign that is drawn once, for the pointer, and is gone again. */
function numberSign(amount: number): Element {
  const sign = document.createElement('div')
  sign.textContent = count(amount, 'item')
  sign.style.cssText =
    'position:fixed;top:-100px;left:0;padding:6px 10px;border-radius:6px;background:var(--fr-accent);color:var(--fr-on-accent);font-weight:600'
  document.body.append(sign)
  setTimeout(() => sign.remove())
  return sign
}

/** Makes an element take what is dragged. @returns whether something is held over it, and its listeners. */
export function useMediaDrop(onDrop: (dragged: Dragged) => void) {
  const [over, setOver] = useState(false)
  const dragged = useDrag((drag) => drag.dragged)
  const listeners = {
    onDragOver: (event: DragEvent): void => {
      if (!dragged) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    },
    onDragLeave: (): void => setOver(false),
    onDrop: (event: DragEvent): void => {
      setOver(false)
      if (!dragged) return
      event.preventDefault()
      onDrop(dragged)
    },
  }
  return { over: over && dragged !== null, dragging: dragged !== null, listeners }
}
