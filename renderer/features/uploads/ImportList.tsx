import { closestCenter, DndContext, type DragEndEvent, PointerSensor, useSensor, useSensors } from '@dnd-kit/core'
import { VisuallyHidden } from '@mantine/core'
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type MouseEvent, useRef, useState } from 'react'
import type { Import } from '../../../main/contract/index.ts'
import { useRovingRows } from '../../shared/list/useRovingRows.ts'
import { importKeys } from './import-keys.ts'
import { ImportItem } from './ImportItem.tsx'
import { placesInLine } from './queue.ts'
import { isQueued } from './import-status.ts'
import type { ImportActions } from './useImportActions.ts'
import type { ImportOrder } from './useImportOrder.ts'
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
  const scrollTo = (index: number): void => rows.scrollToIndex(index, { align: 'auto' })
  const onKey = importKeys(shown, actions, order)
  const { tabStop, goTo, listeners } = useRovingRows({
    ...{ list: scroller, items: shown, idOf, scrollTo, drawn: rows.getVirtualItems().map(({ index }) => index) },
    onKey: (event, one, index): boolean => onKey(event, one, index, { goTo, scrollTo }),
  })
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
      <SortableContext items={shown.filter(isQueued).map(idOf)} strategy={verticalListSortingStrategy}>
        <div ref={scroller} className={classes.scroller} role="region" aria-label="Files">
          <ul
            className={classes.list}
            style={{ height: rows.getTotalSize() }}
            onContextMenu={openMenuOfRow}
            {...listeners}
          >
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
      <VisuallyHidden role="status">{order.announcement}</VisuallyHidden>
    </DndContext>
  )
}

/** A right click on a row opens the menu of its “…”. */
function openMenuOfRow(event: MouseEvent): void {
  const button = (event.target as Element).closest('li')?.querySelector<HTMLElement>('button[aria-haspopup="menu"]')
  if (!button || !event.currentTarget.contains(button)) return
  event.preventDefault()
  button.click()
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

const idOf = ({ importId }: Import): string => importId

function indexOf(shown: readonly Import[], importId: string): number {
  return shown.findIndex((one) => one.importId === importId)
}

/** What is dragged keeps its element when its place scrolls out of sight. */
function withIndex(range: Range, index: number): number[] {
  const inSight = defaultRangeExtractor(range)
  return index < 0 || inSight.includes(index) ? inSight : [...inSight, index].toSorted((one, other) => one - other)
}
