import type { Virtualizer } from '@tanstack/react-virtual'
import type { FocusEvent, KeyboardEvent } from 'react'
import { moved, moveOf } from './movement.ts'
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
      const to = moved(linesOf(items.map(idOf), columns), id, move, rowsInSight(virtualizer)) ?? id
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

/** Cut into rows. */
function linesOf(ids: readonly string[], columns: number): string[][] {
  return Array.from({ length: Math.ceil(ids.length / columns) }, (_, row) =>
    ids.slice(row * columns, (row + 1) * columns),
  )
}
