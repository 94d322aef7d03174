import type { Scene } from '../../../main/contract/index.ts'
import { pictureAt, type Sheet } from '../../shared/media/sprite.ts'
import { type Range, sceneAt } from '../../shared/player/scene-times.ts'

/** Pixels between two blocks of the lane. */
const GAP = 2
/** Narrower than this a block of its own cannot be told from its neighbours: they are drawn as one. */
const NARROWEST = 4
const PICTURE_FROM = 24
/** A digit of a block's number, and the room beside all of them, pixels. */
const DIGIT = 6.5
const BESIDE = 4

export interface Block {
  readonly scene: Scene
  /** Index of the first and last scene it stands for: one, unless they are too narrow to tell apart. */
  readonly first: number
  readonly last: number
  readonly x: number
  readonly width: number
  readonly detail: 'picture' | 'number' | 'plain'
}

/** The blocks of the scenes lane within `range`; never more than the pixels can hold. */
export function sceneBlocks(
  scenes: readonly Scene[],
  starts: readonly number[],
  pixelsPerSecond: number,
  range: Range,
): Block[] {
  const blocks: Block[] = []
  for (let index = Math.max(0, sceneAt(starts, range.start)); index < scenes.length; index += 1) {
    const scene = scenes[index]
    if (!scene || scene.startTime > range.end) break
    const first = index
    let end = scene.endTime
    while ((end - scene.startTime) * pixelsPerSecond < NARROWEST && scenes[index + 1]) {
      index += 1
      end = scenes[index]?.endTime ?? end
    }
    const full = (end - scene.startTime) * pixelsPerSecond
    const gap = full > GAP * 2 ? GAP : full / 2
    const width = full - gap
    blocks.push({
      scene,
      first,
      last: index,
      x: scene.startTime * pixelsPerSecond + gap / 2,
      width,
      detail: first === index ? detailOf(width, first + 1) : 'plain',
    })
  }
  return blocks
}

/** Blocks under 24 px drop the picture, then the number. */
function detailOf(width: number, number: number): Block['detail'] {
  if (width >= PICTURE_FROM) return 'picture'
  return width >= String(number).length * DIGIT + BESIDE ? 'number' : 'plain'
}

export interface Tile {
  /** Pixels from the block's left edge. */
  readonly x: number
  /** Picture of the sprite, or null for the scene's own. */
  readonly sprite: number | null
}

/**
 * The pictures of a filmstrip block, as many as are in sight: the scene's own first, then what the sprite knows of it.
 * @param tileWidth of one picture, pixels.
 */
export function filmTiles(
  block: Block,
  options: { tileWidth: number; pixelsPerSecond: number; range: Range; duration: number; sprite: Sheet | null },
): Tile[] {
  const { tileWidth, pixelsPerSecond, range, duration, sprite } = options
  const { startTime, endTime } = block.scene
  const from = Math.max(0, Math.floor((range.start * pixelsPerSecond - block.x) / tileWidth))
  const to = Math.min(block.width, range.end * pixelsPerSecond - block.x)
  const tiles: Tile[] = []
  for (let index = from; index * tileWidth < to; index += 1) {
    const middle = startTime + ((index + 0.5) * tileWidth) / pixelsPerSecond
    const picture =
      index === 0 || !sprite ? null : pictureAt(Math.min(middle, endTime) / Math.max(duration, 1e-6), sprite.count)
    const instant = picture === null || !sprite ? -1 : ((picture + 0.5) * duration) / sprite.count
    // The sprite's pictures are far apart in a long video: one of another scene must not stand in this one.
    tiles.push({ x: index * tileWidth, sprite: instant >= startTime && instant < endTime ? picture : null })
  }
  return tiles
}
