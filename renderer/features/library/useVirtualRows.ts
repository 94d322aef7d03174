import { defaultRangeExtractor, useVirtualizer, type Range, type Virtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, type RefObject } from 'react'
import { DAY_HEIGHT, type Row } from './rows.ts'
import { useVisit } from './view.ts'

/** Rows drawn above and below what is in sight. */
const OVERSCAN = 3

/**
 * Draws only the rows in sight, and the one that holds the keyboard, which must not lose it by scrolling.
 * @param cardsHeight pixels of a row of cards.
 * @param activeRow index of the row that is always drawn, or -1.
 */
export function useVirtualRows(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly Row[],
  cardsHeight: number,
  activeRow: number,
): Virtualizer<HTMLElement, Element> {
  const rangeExtractor = useCallback(
    (range: Range) => {
      const indexes = defaultRangeExtractor(range)
      if (activeRow < 0 || activeRow >= range.count || indexes.includes(activeRow)) return indexes
      return [...indexes, activeRow].sort((a, b) => a - b)
    },
    [activeRow],
  )
  // All places are computed anew whenever one of these two changes: they may not be new functions on every scroll.
  const getItemKey = useCallback((index: number) => rows[index]?.key ?? index, [rows])
  const estimateSize = useCallback(
    (index: number) => (rows[index]?.kind === 'day' ? DAY_HEIGHT : cardsHeight),
    [rows, cardsHeight],
  )
  // eslint-disable-next-line react-hooks/incompatible-library -- it is a mutable object; nothing here is memoised by a compiler
  const virtualizer = useVirtualizer<HTMLElement, Element>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize,
    getItemKey,
    overscan: OVERSCAN,
    rangeExtractor,
    initialOffset: () => useVisit.getState().scrollOffset,
    // Room for the ring around a selected card, and for the selection bar.
    paddingStart: 10,
    paddingEnd: 72,
  })
  // Sizes are computed, not measured: a new width or a new order makes all of them anew.
  useEffect(() => virtualizer.measure(), [virtualizer, rows, cardsHeight])
  useEffect(() => () => useVisit.setState({ scrollOffset: virtualizer.scrollOffset ?? 0 }), [virtualizer])
  return virtualizer
}
