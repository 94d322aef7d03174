import type { Virtualizer } from '@tanstack/react-virtual'
import type { FocusEvent, KeyboardEvent } from 'react'
import { type Line, moved, moveOf } from './movement.ts'
import { CARD_ATTRIBUTE, type GridFocus } from './useGridFocus.ts'
import { rowsInSight } from './useVirtualRows.ts'

export interface CardKeys<T> {
  items: readonly T[]
  idOf: (item: T) => string
  focus: GridFocus
  /** Gets keys that do not move, and how many cards are in a row. @returns whether it was one of its own. */
  onKey: (event: KeyboardEvent, item: T, columns: number) => boolean
  /** Gets the place the keyboard moved to. */
  onMove?: (id: string, extend: boolean) => void
}

/** The keyboard of a grid of cards. */
export function useCardKeys<T>(
  { items, idOf, focus, onKey, onMove }: CardKeys<T>,
  columns: number,
  virtualizer: Virtualizer<HTMLElement, Element>,
) {
  const onKeyDown = (event: KeyboardEvent): void => {
    // What is inside a card has its keys to itself.
    const id = (event.target as HTMLElement).getAttribute(CARD_ATTRIBUTE)
    const item = items.find((one) => idOf(one) === id)
    if (id === null || item === undefined) return
    const move = event.altKey ? null : moveOf(event.key, event.ctrlKey || event.metaKey)
    if (move) {
      const at = moved(linesOf(items.length, columns), items.indexOf(item), move, rowsInSight(virtualizer))
      const there = items[at]
      const to = there === undefined ? id : idOf(there)
      focus.goTo(to)
      onMove?.(to, event.shiftKey)
    } else if (!onKey(event, item, columns)) return
    event.preventDefault()
  }
  const onFocus = ({ target }: FocusEvent): void => {
    const id = target.getAttribute(CARD_ATTRIBUTE)
    focus.heldRef.current = id !== null
    if (id !== null) focus.activate(id)
  }
  const onBlur = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget !== null) focus.heldRef.current = false
  }
  return { onKeyDown, onFocus, onBlur }
}

/** So many cards cut into rows. */
function linesOf(count: number, columns: number): Line[] {
  return Array.from({ length: Math.ceil(count / columns) }, (_, row) => ({
    from: row * columns,
    to: Math.min(count, (row + 1) * columns),
  }))
}
