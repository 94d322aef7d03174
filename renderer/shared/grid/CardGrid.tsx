import { useElementSize } from '@mantine/hooks'
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useRef,
} from 'react'
import { columnsIn, GAP, rowHeight } from './columns.ts'
import { placeAfter } from './places.ts'
import { CARD_ATTRIBUTE, type GridFocus, useFocusing } from './useGridFocus.ts'
import classes from './CardGrid.module.css'

export interface CardGridProps<T> {
  label: string
  items: readonly T[]
  idOf: (item: T) => string
  focus: GridFocus
  /** Least width of a card, and the height of what is below its picture, in pixels. */
  smallest: number
  textHeight: number
  /** What stands above the cards and scrolls with them. */
  header?: ReactNode
  /** What stands after the last card. */
  tail?: ReactNode
  /** Told keys that do not move, and how many cards stand side by side. @returns whether it was one of its own. */
  onKey: (event: KeyboardEvent, item: T, columns: number) => boolean
  /** Told where the keyboard moved to. */
  onMove?: (id: string, extend: boolean) => void
  onClick?: (event: MouseEvent) => void
  multiselectable?: boolean
  children: (item: T, index: number, tabIndex: 0 | -1) => ReactNode
}

/** Rows drawn above and below what is in sight. */
const OVERSCAN = 3

/** Cards in rows; only what is in sight is in the page. Arrows go from card to card, and only one is a stop of Tab. */
export function CardGrid<T>(props: CardGridProps<T>) {
  const { label, items, idOf, focus, smallest, textHeight, header, tail, onKey, onMove, onClick, children } = props
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: sizer, width } = useElementSize()
  const { ref: headSizer, height: headHeight } = useElementSize()
  const columns = columnsIn(width, smallest)
  const cardHeight = rowHeight(width, columns, textHeight)
  const cells = items.length + (tail === undefined ? 0 : 1)
  const rowCount = width > 0 ? Math.ceil(cells / columns) : 0
  const activeIndex = items.findIndex((item) => idOf(item) === focus.active)
  const stop = activeIndex === -1 ? 0 : activeIndex
  // The card that has the keyboard must not lose it by scrolling.
  const rangeExtractor = useCallback(
    (range: Range) => {
      const rows = defaultRangeExtractor(range)
      const row = Math.floor(stop / columns)
      if (row >= range.count || rows.includes(row)) return rows
      return [...rows, row].sort((one, other) => one - other)
    },
    [stop, columns],
  )
  // eslint-disable-next-line react-hooks/incompatible-library -- it is a mutable object; nothing here is memoised by a compiler
  const virtualizer = useVirtualizer<HTMLElement, Element>({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => cardHeight,
    overscan: OVERSCAN,
    scrollMargin: headHeight,
    rangeExtractor,
    paddingStart: 6,
    // Room for the selection bar.
    paddingEnd: 72,
  })
  useEffect(() => virtualizer.measure(), [virtualizer, cardHeight, columns])
  // A card that moves takes the sight along.
  const activeRow = activeIndex === -1 ? -1 : Math.floor(activeIndex / columns)
  useEffect(() => {
    if (activeRow !== -1 && focus.heldRef.current) virtualizer.scrollToIndex(activeRow, { align: 'auto' })
  }, [virtualizer, activeRow, focus.heldRef])
  useFocusing(scroller, focus)

  const indexOf = (target: EventTarget): number => {
    const id = (target as HTMLElement).getAttribute(CARD_ATTRIBUTE)
    return id === null ? -1 : items.findIndex((item) => idOf(item) === id)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    // What is inside a card has its keys to itself.
    const index = indexOf(event.target)
    const item = items[index]
    if (item === undefined) return
    const page = Math.max(1, (virtualizer.range?.endIndex ?? 0) - (virtualizer.range?.startIndex ?? 0) - 1)
    const shape = { length: items.length, columns, page }
    const to = event.altKey ? null : placeAfter(event.key, event.ctrlKey || event.metaKey, index, shape)
    const goal = to === null ? undefined : items[to]
    if (goal !== undefined && to !== null) {
      focus.goTo(idOf(goal))
      onMove?.(idOf(goal), event.shiftKey)
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
  const template = { gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, columnGap: GAP }
  return (
    <div ref={scroller} className={classes.scroller} onClick={onClick}>
      <div ref={sizer} className={classes.sizer} />
      {header !== undefined && <div ref={headSizer}>{header}</div>}
      <div
        role="grid"
        aria-label={label}
        aria-multiselectable={props.multiselectable}
        aria-rowcount={rowCount}
        aria-colcount={columns}
        className={classes.grid}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onBlur={onBlur}
      >
        {virtualizer.getVirtualItems().map(({ index: row, key, start }) => (
          <div
            key={key}
            role="row"
            aria-rowindex={row + 1}
            className={classes.row}
            style={{ transform: `translateY(${start - headHeight}px)`, ...template }}
          >
            {items.slice(row * columns, (row + 1) * columns).map((item, column) => {
              const index = row * columns + column
              return children(item, index, index === stop ? 0 : -1)
            })}
            {row === rowCount - 1 && tail}
          </div>
        ))}
      </div>
    </div>
  )
}
