import type { CSSProperties } from 'react'
import type { Video } from '../../../main/contract/index.ts'

export type Sprite = NonNullable<Video['sprite']>

/** Where the pointer is in a box, 0..1 from its left edge. */
export function fractionAt(x: number, box: { left: number; width: number }): number {
  return box.width > 0 ? Math.min(1, Math.max(0, (x - box.left) / box.width)) : 0
}

/** Which picture of `count`, evenly spread over the duration, is the one at `fraction`. */
export function pictureAt(fraction: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor(fraction * count)))
}

/** How the pictures of a sprite lie in their sheet. */
export type Sheet = Pick<Sprite, 'count' | 'columns'>

/** `background-size` and `background-position` that show one picture of the sheet, whole. */
export function spriteStyle(
  { count, columns }: Sheet,
  index: number,
): Pick<CSSProperties, 'backgroundSize' | 'backgroundPosition'> {
  const rows = Math.ceil(count / columns)
  // A background position in percent counts what is left over, so the last column is 100%.
  const share = (at: number, of: number): string => `${of > 1 ? (at / (of - 1)) * 100 : 0}%`
  return {
    backgroundSize: `${columns * 100}% ${rows * 100}%`,
    backgroundPosition: `${share(index % columns, columns)} ${share(Math.floor(index / columns), rows)}`,
  }
}

/** Fits the picture's shape into a box (`contain`) or over it (`cover`), never stretched. */
export function shapeStyle(sprite: Sprite, boxAspect: number, fit: 'contain' | 'cover'): CSSProperties {
  const aspect = sprite.width / sprite.height
  const fullWidth = fit === 'contain' ? aspect >= boxAspect : aspect <= boxAspect
  return { aspectRatio: `${sprite.width} / ${sprite.height}`, ...(fullWidth ? { width: '100%' } : { height: '100%' }) }
}
