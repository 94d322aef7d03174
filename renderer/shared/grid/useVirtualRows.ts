import { defaultRangeExtractor, type Range, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect } from 'react'

/** Rows drawn above and below what is in sight. */
const OVERSCAN = 3

interface RowsOptions {
  readonly count: number
  /** Pixels. A new function computes all places anew: it may not be one on every scroll. */
  readonly heightOf: (row: number) => number
  /** The same holds for it. */
  readonly keyOf?: (row: number) => string | number
  /** The row that has the keyboard, which must not lose it by scrolling; -1 for none. */
  readonly activeRow: number
  /** Pixels of what scrolls with the rows above them. */
  readonly scrollMargin?: number
  /** Pixels above the first row: room for the ring around a selected card. */
  readonly paddingStart: number
  readonly initialOffset?: () => number
}

/** Draws only the rows in sight, and the one that has the keyboard. */
export function useVirtualRows(
  scroller: RefObject<HTMLElement | null>,
  { count, heightOf, keyOf, activeRow, scrollMargin = 0, paddingStart, initialOffset }: RowsOptions,
): Virtualizer<HTMLElement, Element> {
  const rangeExtractor = useCallback(
    (range: Range) => {
      const rows = defaultRangeExtractor(range)
      if (activeRow < 0 || activeRow >= range.count || rows.includes(activeRow)) return rows
      return [...rows, activeRow].sort((one, other) => one - other)
    },
    [activeRow],
  )
  // eslint-disable-next-line react-hooks/incompatible-library -- it is a mutable object; nothing here is memoised by a compiler
  const virtualizer = useVirtualizer<HTMLElement, Element>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    ...(keyOf && { getItemKey: keyOf }),
    ...(initialOffset && { initialOffset }),
    overscan: OVERSCAN,
    rangeExtractor,
    scrollMargin,
    paddingStart,
    // Room for the selection bar.
    paddingEnd: 72,
  })
  // Sizes are computed, not measured: a new width or a new order makes all of them anew.
  useEffect(() => virtualizer.measure(), [virtualizer, heightOf, keyOf])
  return virtualizer
}

/** Rows that a page key jumps over. */
export function rowsInSight({ range }: Virtualizer<HTMLElement, Element>): number {
  return range ? Math.max(1, range.endIndex - range.startIndex - 1) : 1
}
