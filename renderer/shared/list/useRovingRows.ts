import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'

/** Marks the element of a row with the id of its item, so that one listener on the list serves all rows. */
export const ROW_ATTRIBUTE = 'data-row'

/** Rows that Page up and Page down skip. */
const PAGE = 8

const MOVES: Readonly<Record<string, (index: number, length: number) => number>> = {
  ArrowUp: (index) => index - 1,
  ArrowDown: (index) => index + 1,
  PageUp: (index) => index - PAGE,
  PageDown: (index) => index + PAGE,
  Home: () => 0,
  End: (_, length) => length - 1,
}

interface RovingRowsOptions<T> {
  list: RefObject<HTMLElement | null>
  items: readonly T[]
  idOf: (item: T) => string
  /** Indexes of the rows that exist; all of them when not given. */
  drawn?: readonly number[]
  /** Draws a row that is out of view. */
  scrollTo?: (index: number) => void
  /** Handles a key that does not move. @returns whether it did something */
  onKey: (event: KeyboardEvent, item: T, index: number) => boolean
}

/** The keyboard of a list: arrow keys go from row to row, and Tab stops at one row only. */
export function useRovingRows<T>({ list, items, idOf, drawn, scrollTo, onKey }: RovingRowsOptions<T>) {
  const [active, setActive] = useState<string | null>(null)
  const wanted = useRef<string | null>(null)

  // A row that was out of view exists only after it was scrolled to.
  useEffect(() => {
    const row = wanted.current && list.current?.querySelector<HTMLElement>(`[${ROW_ATTRIBUTE}="${wanted.current}"]`)
    if (!row) return
    wanted.current = null
    row.focus({ preventScroll: scrollTo !== undefined })
  })

  const goTo = (index: number): void => {
    const to = Math.max(0, Math.min(items.length - 1, index))
    const item = items[to]
    if (item === undefined) return
    wanted.current = idOf(item)
    setActive(idOf(item))
    scrollTo?.(to)
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys pressed on a button of a row are the button's.
    const id = (event.target as HTMLElement).getAttribute(ROW_ATTRIBUTE)
    const index = items.findIndex((item) => idOf(item) === id)
    const item = items[index]
    if (item === undefined) return
    const move = event.altKey ? undefined : MOVES[event.key]
    if (move) goTo(move(index, items.length))
    else if (!onKey(event, item, index)) return
    event.preventDefault()
  }

  const onFocus = ({ target }: FocusEvent): void => {
    const id = target.closest(`[${ROW_ATTRIBUTE}]`)?.getAttribute(ROW_ATTRIBUTE)
    if (id) setActive(id)
  }

  const ids = (drawn?.flatMap((index) => items[index] ?? []) ?? items).map(idOf)
  return { tabStop: active !== null && ids.includes(active) ? active : ids[0], goTo, listeners: { onKeyDown, onFocus } }
}
