import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import type { Import } from '../../../main/contract/index.ts'
import { ImportRow } from './ImportRow.tsx'
import type { ImportActions } from './useImportActions.ts'
import classes from './ImportList.module.css'

const ROW_HEIGHT = 66

interface ImportListProps {
  imports: readonly Import[]
  actions: ImportActions
}

/** Rows of any number of files; only those in sight exist. */
export function ImportList({ imports, actions }: ImportListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoized by a compiler
  const rows = useVirtualizer({
    count: imports.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => imports[index]?.importId ?? index,
    overscan: 6,
    paddingEnd: 24,
  })
  return (
    <div ref={scroller} className={classes.scroller} tabIndex={0} role="region" aria-label="Files">
      <ul className={classes.list} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const one = imports[index]
          return (
            one && (
              <li
                key={key}
                className={classes.item}
                style={{ height: ROW_HEIGHT, transform: `translateY(${start}px)` }}
                aria-setsize={imports.length}
                aria-posinset={index + 1}
              >
                <ImportRow import={one} actions={actions} />
              </li>
            )
          )
        })}
      </ul>
    </div>
  )
}
