import { closestCenter, DndContext, type DragEndEvent, PointerSensor, useSensor, useSensors } from '@dnd-kit/core'
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState } from 'react'
import type { Import } from '../../../main/contract/index.ts'
import { ImportItem } from './ImportItem.tsx'
import { placesInLine } from './queue.ts'
import { isQueued } from './import-status.ts'
import type { ImportActions } from './useImportActions.ts'
import type { ImportOrder } from './useImportOrder.ts'
import { useRowKeys } from './useRowKeys.ts'
import classes from './ImportList.module.css'

const ROW_HEIGHT = 66
/** A click on the handle is no drag yet. */
const DRAG_PX = 4

interface ImportListProps {
  /** All there are, in the order they are taken. */
  imports: readonly Import[]
  shown: readonly Import[]
  actions: ImportActions
  order: ImportOrder
}

/** Rows of any number of files; only those in sight exist, and the one that is dragged. */
export function ImportList({ imports, shown, actions, order }: ImportListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [dragged, setDragged] = useState<string | null>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoized by a compiler
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => shown[index]?.importId ?? index,
    rangeExtractor: (range) => withIndex(range, dragged === null ? -1 : indexOf(shown, dragged)),
    overscan: 6,
    paddingEnd: 24,
  })
  const { tabStop, onKeyDown, onFocus } = useRowKeys(scroller, shown, rows, actions, order)
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: DRAG_PX } }))
  const places = placesInLine(imports)
  const onDragEnd = ({ active, over }: DragEndEvent): void => {
    setDragged(null)
    if (over) order.moveTo(String(active.id), String(over.id))
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      modifiers={[alongTheList]}
      onDragStart={({ active }) => setDragged(String(active.id))}
      onDragEnd={onDragEnd}
      onDragCancel={() => setDragged(null)}
      accessibility={{ announcements: NO_ANNOUNCEMENTS, restoreFocus: false }}
    >
      <SortableContext
        items={shown.filter(isQueued).map(({ importId }) => importId)}
        strategy={verticalListSortingStrategy}
      >
        <div ref={scroller} className={classes.scroller} role="region" aria-label="Files">
          <ul className={classes.list} style={{ height: rows.getTotalSize() }} onKeyDown={onKeyDown} onFocus={onFocus}>
            {rows.getVirtualItems().map(({ index, key, start }) => {
              const one = shown[index]
              return (
                one && (
                  <ImportItem
                    key={key}
                    index={index}
                    count={shown.length}
                    top={start}
                    height={ROW_HEIGHT}
                    import={one}
                    place={places.get(one.importId) ?? null}
                    focusable={one.importId === tabStop}
                    actions={actions}
                    order={order}
                  />
                )
              )
            })}
          </ul>
        </div>
      </SortableContext>
      <p className={classes.announcement} role="status">
        {order.announcement}
      </p>
    </DndContext>
  )
}

/** Rows move up and down only. */
const alongTheList = <T extends { x: number }>({ transform }: { transform: T }): T => ({ ...transform, x: 0 })

/** Every move is said by the order itself, whichever way it was made. */
const NO_ANNOUNCEMENTS = {
  onDragStart: () => undefined,
  onDragOver: () => undefined,
  onDragEnd: () => undefined,
  onDragCancel: () => undefined,
}

function indexOf(shown: readonly Import[], importId: string): number {
  return shown.findIndex((one) => one.importId === importId)
}

/** What is dragged keeps its element when its place scrolls out of sight. */
function withIndex(range: Range, index: number): number[] {
  const inSight = defaultRangeExtractor(range)
  return index < 0 || inSight.includes(index) ? inSight : [...inSight, index].toSorted((one, other) => one - other)
}
