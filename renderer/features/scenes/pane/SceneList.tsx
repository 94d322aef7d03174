import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react'
import type { Scene } from '../../../../main/contract/index.ts'
import { usePlaybackState } from '../../../shared/player/player.ts'
import { SceneRow } from './SceneRow.tsx'
import classes from './SceneList.module.css'

const ROW_HEIGHT = 74

interface SceneListProps {
  scenes: readonly Scene[]
  /** Indexes of the scenes to list. */
  found: readonly number[]
  /** Whether the current scene is kept in sight. */
  following: boolean
  /** The list was scrolled by hand. */
  onScrolled: () => void
}

export function SceneList({ scenes, found, following, onScrolled }: SceneListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const current = usePlaybackState(({ scene }) => scene)
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by what it returns
  const rows = useVirtualizer({
    count: found.length,
    getScrollElement: () => scroller.current,
    getItemKey: (row) => scenes[found[row] ?? -1]?.sceneId ?? row,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
  })
  const row = found.indexOf(current)
  useEffect(() => {
    if (following && row >= 0) rows.scrollToIndex(row, { align: 'center' })
  }, [following, row, rows])
  const byKey = ({ key }: KeyboardEvent): void => {
    if (key === 'PageUp' || key === 'PageDown') onScrolled()
  }
  // Only the scroll bar is the element itself; its rows are inside.
  const byBar = ({ target, currentTarget }: PointerEvent): void => {
    if (target === currentTarget) onScrolled()
  }
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      onWheel={onScrolled}
      onTouchMove={onScrolled}
      onPointerDown={byBar}
      onKeyDown={byKey}
    >
      <div className={classes.list} role="list" aria-label="Scenes" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const scene = scenes[found[index] ?? -1]
          return (
            scene && (
              <div
                key={key}
                ref={rows.measureElement}
                data-index={index}
                className={classes.place}
                role="listitem"
                aria-setsize={found.length}
                aria-posinset={index + 1}
                style={{ transform: `translateY(${start}px)` }}
              >
                <SceneRow scene={scene} current={index === row} />
              </div>
            )
          )
        })}
      </div>
    </div>
  )
}
