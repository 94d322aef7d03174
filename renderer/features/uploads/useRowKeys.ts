import type { Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type FocusEvent, type KeyboardEvent, type RefObject } from 'react'
import type { Import } from '../../../main/contract/index.ts'
import type { ImportOrder } from './useImportOrder.ts'
import type { ImportActions } from './useImportActions.ts'
import { isFinished, isPausable } from './import-status.ts'

/** Marks the row of an import, so that one listener on the list serves all rows. */
export const ROW_ATTRIBUTE = 'data-import'

/** The keyboard of the list: arrows go from row to row, Alt and an arrow moves the row itself; only one row is a stop of Tab. */
export function useRowKeys(
  scroller: RefObject<HTMLElement | null>,
  imports: readonly Import[],
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  actions: ImportActions,
  order: ImportOrder,
) {
  const [active, setActive] = useState<string | null>(null)
  const wanted = useRef<string | null>(null)

  // A row that was out of sight exists only after it was scrolled to.
  useEffect(() => {
    const row = wanted.current && scroller.current?.querySelector<HTMLElement>(`[${ROW_ATTRIBUTE}="${wanted.current}"]`)
    if (!row) return
    wanted.current = null
    row.focus({ preventScroll: true })
  })

  const goTo = (index: number): void => {
    const one = imports[Math.max(0, Math.min(imports.length - 1, index))]
    if (!one) return
    wanted.current = one.importId
    setActive(one.importId)
    virtualizer.scrollToIndex(imports.indexOf(one), { align: 'auto' })
  }

  const step = (one: Import, by: -1 | 1): void => {
    const { above, below } = order.neighbours(one.importId)
    const over = by < 0 ? above : below
    if (over === null) return
    order.moveTo(one.importId, over)
    virtualizer.scrollToIndex(imports.indexOf(one) + by, { align: 'auto' })
  }

  /** The keyboard goes on with the next row before this one is gone. */
  const removeRow = (one: Import, index: number): void => {
    goTo(index === imports.length - 1 ? index - 1 : index + 1)
    if (isFinished(one)) void actions.dismiss(one)
    else void (one.status === 'failed' ? actions.remove(one) : actions.cancel(one))
  }

  const act = (event: KeyboardEvent, one: Import, index: number): boolean => {
    const move = MOVES[event.key]
    if (event.altKey) {
      if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return false
      step(one, event.key === 'ArrowUp' ? -1 : 1)
    } else if (move) goTo(move(index, imports.length))
    else if (event.key === ' ') {
      if (one.status === 'paused') void actions.resume(one)
      else if (isPausable(one)) void actions.pause(one)
    } else if (event.key === 'Delete' || (event.key === 'Backspace' && event.metaKey)) removeRow(one, index)
    else return false
    return true
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    // The buttons of a row have their keys to themselves.
    const id = (event.target as HTMLElement).getAttribute(ROW_ATTRIBUTE)
    const index = imports.findIndex(({ importId }) => importId === id)
    const one = imports[index]
    if (one && act(event, one, index)) event.preventDefault()
  }

  const onFocus = ({ target }: FocusEvent): void => {
    const id = target.closest(`[${ROW_ATTRIBUTE}]`)?.getAttribute(ROW_ATTRIBUTE)
    if (id) setActive(id)
  }

  const inSight = virtualizer.getVirtualItems().map(({ index }) => imports[index]?.importId)
  return { tabStop: inSight.includes(active ?? '') ? active : inSight[0], onKeyDown, onFocus }
}

const PAGE = 8

const MOVES: Readonly<Record<string, (index: number, length: number) => number>> = {
  ArrowUp: (index) => index - 1,
  ArrowDown: (index) => index + 1,
  PageUp: (index) => index - PAGE,
  PageDown: (index) => index + PAGE,
  Home: () => 0,
  End: (_, length) => length - 1,
}
