import { useVirtualizer } from '@tanstack/react-virtual'
import { type ComponentPropsWithoutRef, type ReactNode, useEffect, useRef } from 'react'
import classes from './rows.module.css'

interface VirtualRowsProps<T> extends Omit<ComponentPropsWithoutRef<'div'>, 'children'> {
  label: string
  items: readonly T[]
  idOf: (item: T) => string
  /** Height of a row before it is measured. */
  rowHeight: number
  /** Index of the row to keep in sight; -1 for none. */
  inSight: number
  align: 'auto' | 'center'
  children: (item: T, index: number) => ReactNode
}

/** A long list of rows of any height: only those in view exist. */
export function VirtualRows<T>(props: VirtualRowsProps<T>) {
  const { label, items, idOf, rowHeight, inSight, align, children, ...listeners } = props
  const scroller = useRef<HTMLDivElement>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by what it returns
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    getItemKey: (row) => (items[row] === undefined ? row : idOf(items[row])),
    estimateSize: () => rowHeight,
    overscan: 4,
  })
  useEffect(() => {
    if (inSight >= 0) rows.scrollToIndex(inSight, { align })
  }, [inSight, align, rows])
  return (
    <div ref={scroller} className={classes.scroller} {...listeners}>
      <div className={classes.list} role="list" aria-label={label} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index]
          return (
            item !== undefined && (
              <div
                key={key}
                ref={rows.measureElement}
                data-index={index}
                className={classes.place}
                role="listitem"
                aria-setsize={items.length}
                aria-posinset={index + 1}
                style={{ transform: `translateY(${start}px)` }}
              >
                {children(item, index)}
              </div>
            )
          )
        })}
      </div>
    </div>
  )
}
