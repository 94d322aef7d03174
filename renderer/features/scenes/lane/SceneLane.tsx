import { memo, useMemo } from 'react'
import type { Video } from '../../../../main/contract/index.ts'
import { mediaUrl } from '../../../shared/engine/bridge.ts'
import { type Block, filmTiles, sceneBlocks } from '../blocks.ts'
import { spriteStyle } from '../../../shared/media/sprite.ts'
import { useOpenVideo } from '../../../shared/video-page/open-video.ts'
import { usePlaybackState, usePlayer, useTimescale } from '../../../shared/player/player.ts'
import { sceneAt } from '../../../shared/player/scene-times.ts'
import { pixelsPerSecond, visibleRange } from '../../../shared/player/timescale.ts'
import { useScrub } from '../../../shared/player/timeline/useScrub.ts'
import classes from './SceneLane.module.css'

/** Pixels that a block is high. */
const HEIGHT = 56
/** Room that a number over a picture needs, pixels. */
const PICTURE_BADGE = 24

/** One block a scene, true to time. A click goes to the scene's first frame, a drag scrubs. */
export function SceneLane() {
  const { video, scenes } = useOpenVideo()
  const { playback } = usePlayer()
  const scale = useTimescale((state) => state)
  const current = usePlaybackState(({ scene }) => scene)
  const starts = useMemo(() => scenes.map(({ startTime }) => startTime), [scenes])
  const scrub = useScrub((time) => playback.seekToFrame(starts[sceneAt(starts, time)] ?? time))
  const perSecond = pixelsPerSecond(scale)
  const blocks = sceneBlocks(scenes, starts, perSecond, visibleRange(scale))
  return (
    <div className={classes.lane} {...scrub}>
      {blocks.map((block) => (
        <SceneBlock
          key={block.scene.sceneId}
          block={block}
          video={video}
          current={current >= block.first && current <= block.last}
        />
      ))}
    </div>
  )
}

interface SceneBlockProps {
  block: Block
  video: Video
  current: boolean
}

function SceneBlock({ block, video, current }: SceneBlockProps) {
  const { x, width, detail, first } = block
  // A number stays in sight while its block is scrolled through.
  const left = useTimescale((scale) => scale.left)
  return (
    <div
      className={classes.block}
      data-current={current || undefined}
      data-scene={first}
      style={{ transform: `translateX(${x}px)`, width }}
    >
      {detail === 'picture' && <Film block={block} video={video} />}
      {detail === 'picture' && (
        <span className={classes.badge} style={{ marginLeft: Math.min(Math.max(0, left - x), width - PICTURE_BADGE) }}>
          {first + 1}
        </span>
      )}
      {detail === 'number' && <span className={classes.number}>{first + 1}</span>}
    </div>
  )
}

const Film = memo(function Film({ block, video }: Omit<SceneBlockProps, 'current'>) {
  const scale = useTimescale((state) => state)
  const { sprite, metadata } = video
  const tileWidth = HEIGHT * shapeOf(metadata)
  const options = { tileWidth, pixelsPerSecond: pixelsPerSecond(scale), range: visibleRange(scale) }
  const tiles = filmTiles(block, { ...options, duration: scale.duration, sprite })
  return tiles.map(({ x, sprite: picture }) => (
    <div
      key={x}
      className={classes.picture}
      style={{
        left: x,
        width: tileWidth,
        backgroundImage: cssUrl(picture === null ? block.scene.thumbnailUrl : sprite?.url),
        ...(picture !== null && sprite ? spriteStyle(sprite, picture) : { backgroundSize: 'cover' }),
      }}
    />
  ))
})

/** Width of a picture by its height; an extreme one is cut, so that a strip stays a strip. */
function shapeOf({ width, height }: Video['metadata']): number {
  return Math.min(2.4, Math.max(0.56, (width ?? 16) / (height ?? 9)))
}

function cssUrl(path: string | null | undefined): string | undefined {
  const url = mediaUrl(path)
  return url && `url("${url}")`
}
