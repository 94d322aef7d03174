import type { KeyboardEvent, PointerEvent } from 'react'
import type { Scene } from '../../../../main/contract/index.ts'
import { VirtualRows } from '../../../shared/list/VirtualRows.tsx'
import { usePlaybackState } from '../../../shared/player/player.ts'
import { SceneRow } from './SceneRow.tsx'

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
  const row = found.indexOf(usePlaybackState(({ scene }) => scene))
  const byKey = ({ key }: KeyboardEvent): void => {
    if (key === 'PageUp' || key === 'PageDown') onScrolled()
  }
  // Only the scroll bar is the element itself; its rows are inside.
  const byBar = ({ target, currentTarget }: PointerEvent): void => {
    if (target === currentTarget) onScrolled()
  }
  return (
    <VirtualRows
      label="Scenes"
      items={found.flatMap((index) => scenes[index] ?? [])}
      idOf={({ sceneId }) => sceneId}
      rowHeight={74}
      inSight={following ? row : -1}
      align="center"
      onWheel={onScrolled}
      onTouchMove={onScrolled}
      onPointerDown={byBar}
      onKeyDown={byKey}
    >
      {(scene, index) => <SceneRow scene={scene} current={index === row} />}
    </VirtualRows>
  )
}
