import { useElementSize } from '@mantine/hooks'
import { type MouseEvent, type ReactNode, useCallback, useEffect, useRef } from 'react'
import { openCardMenuAt } from './card-menu.ts'
import { columnsIn, GAP, rowHeight } from './columns.ts'
import { type CardKeys, useCardKeys } from './useCardKeys.ts'
import { useFocusing } from './useGridFocus.ts'
import { useVirtualRows } from './useVirtualRows.ts'
import classes from './CardGrid.module.css'

export interface CardGridProps<T> extends CardKeys<T> {
  label: string
  /** Least width of a card, and the height of what is below its picture, in pixels. */
  smallest: number
  textHeight: number
  /** What stands above the cards and scrolls with them. */
  header?: ReactNode
  /** What stands after the last card. */
  tail?: ReactNode
  onClick?: (event: MouseEvent) => void
  multiselectable?: boolean
  children: (item: T, index: number, tabIndex: 0 | -1) => ReactNode
}

/** Cards in rows; only what is in sight is in the page. Arrows go from card to card, and only one is a stop of Tab. */
export function CardGrid<T>(props: CardGridProps<T>) {
  const { label, items, idOf, focus, smallest, textHeight, header, tail, onClick, children } = props
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: sizer, width } = useElementSize()
  const { ref: headSizer, height: headHeight } = useElementSize()
  const columns = columnsIn(width, smallest)
  const cardHeight = rowHeight(width, columns, textHeight)
  const cells = items.length + (tail === undefined ? 0 : 1)
  const rowCount = width > 0 ? Math.ceil(cells / columns) : 0
  const activeIndex = items.findIndex((item) => idOf(item) === focus.active)
  const stop = Math.max(0, activeIndex)
  const virtualizer = useVirtualRows(scroller, {
    count: rowCount,
    heightOf: useCallback(() => cardHeight, [cardHeight]),
    activeRow: Math.floor(stop / columns),
    scrollMargin: headHeight,
    paddingStart: 6,
  })
  // A card that moves takes the sight along.
  const activeRow = activeIndex === -1 ? -1 : Math.floor(activeIndex / columns)
  useEffect(() => {
    if (activeRow !== -1 && focus.heldRef.current) virtualizer.scrollToIndex(activeRow, { align: 'auto' })
  }, [virtualizer, activeRow, focus.heldRef])
  useFocusing(scroller, focus)
  const keys = useCardKeys(props, columns, virtualizer)
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
        onContextMenu={openCardMenuAt}
        {...keys}
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
