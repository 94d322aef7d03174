import { useSortable } from '@dnd-kit/sortable'
import { IconGripVertical } from '@tabler/icons-react'
import clsx from 'clsx'
import type { Import } from '../../../main/contract/index.ts'
import { ImportRow, type ImportRowProps } from './ImportRow.tsx'
import { isQueued } from './import-status.ts'
import classes from './ImportList.module.css'

interface ImportItemProps extends ImportRowProps {
  index: number
  count: number
  /** Where it lies in the list, in px. */
  top: number
  height: number
}

/** The place of a row in the list, and the handle that moves it while it stands in line. */
export function ImportItem({ index, count, top, height, ...row }: ImportItemProps) {
  const { import: one } = row
  const movable = isQueued(one)
  const { setNodeRef, setActivatorNodeRef, listeners, transform, transition, isDragging } = useSortable({
    id: one.importId,
    disabled: !movable,
  })
  return (
    <li
      ref={setNodeRef}
      className={clsx(classes.item, isDragging && classes.dragged)}
      style={{ top, height, transition, transform: transform ? `translateY(${transform.y}px)` : undefined }}
      aria-setsize={count}
      aria-posinset={index + 1}
    >
      {movable && (
        // Keys and the row's menu do the same: this is for a hand only.
        <span ref={setActivatorNodeRef} {...listeners} className={classes.handle} title={hintOf(one)} aria-hidden>
          <IconGripVertical size={16} stroke={1.75} />
        </span>
      )}
      <ImportRow {...row} />
    </li>
  )
}

const hintOf = ({ filename }: Import): string => `Drag to move ${filename} in the queue`
