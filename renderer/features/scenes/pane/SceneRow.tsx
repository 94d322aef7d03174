import { UnstyledButton } from '@mantine/core'
import { memo, useLayoutEffect, useRef } from 'react'
import type { Scene } from '../../../../main/contract/index.ts'
import { mediaUrl } from '../../../shared/engine/bridge.ts'
import { usePlayer } from '../../../shared/player/player.ts'
import { openingOf, rangeOf } from '../scene-text.ts'
import { lengthText } from '../../../shared/format/time.ts'
import classes from './SceneList.module.css'

interface SceneRowProps {
  scene: Scene
  current: boolean
}

/** One scene: pressing it goes to its first frame. */
export const SceneRow = memo(function SceneRow({ scene, current }: SceneRowProps) {
  const { playback } = usePlayer()
  const { sceneIndex, description, tags, startTime, endTime, thumbnailUrl } = scene
  return (
    <UnstyledButton
      className={classes.row}
      aria-current={current || undefined}
      onClick={() => playback.seekToFrame(startTime)}
    >
      <span className={classes.picture}>
        {thumbnailUrl && <img src={mediaUrl(thumbnailUrl)} alt="" loading="lazy" draggable={false} />}
        <span className={classes.length}>{lengthText(endTime - startTime)}</span>
        {current && <Progress scene={scene} />}
      </span>
      <span className={classes.words}>
        <span className={classes.range}>
          <strong>{sceneIndex + 1}</strong>
          {rangeOf(scene)}
        </span>
        {description ? (
          <span className={classes.description}>{description}</span>
        ) : (
          <span className={classes.opening}>{openingOf(scene)}</span>
        )}
        {tags.length > 0 && (
          <span className={classes.tags}>
            {tags.map((tag) => (
              <span key={tag} className={classes.tag}>
                {tag}
              </span>
            ))}
          </span>
        )}
      </span>
    </UnstyledButton>
  )
})

/** How much of the scene has been played; moved past React, like the playhead. */
function Progress({ scene: { startTime, endTime } }: { scene: Scene }) {
  const { playback } = usePlayer()
  const line = useRef<HTMLSpanElement>(null)
  useLayoutEffect(
    () =>
      playback.onTime((time) => {
        const share = Math.min(1, Math.max(0, (time - startTime) / Math.max(endTime - startTime, 1e-6)))
        if (line.current) line.current.style.transform = `scaleX(${share})`
      }),
    [playback, startTime, endTime],
  )
  return <span ref={line} className={classes.progress} />
}
