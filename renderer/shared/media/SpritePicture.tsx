import clsx from 'clsx'
import { mediaUrl } from '../engine/bridge.ts'
import { shapeStyle, spriteStyle, type Sprite } from './sprite.ts'
import classes from './SpritePicture.module.css'

interface SpritePictureProps {
  sprite: Sprite
  /** Which of its pictures. */
  index: number
  /** Width to height of the box it fills. */
  boxAspect?: number
  fit?: 'contain' | 'cover'
  className?: string | undefined
}

/** One picture of a sprite sheet, as large as its box. */
export function SpritePicture({ sprite, index, boxAspect = 16 / 9, fit = 'contain', className }: SpritePictureProps) {
  const url = mediaUrl(sprite.url) ?? ''
  return (
    <div className={clsx(classes.box, className)} aria-hidden>
      <div
        style={{
          ...shapeStyle(sprite, boxAspect, fit),
          ...spriteStyle(sprite, index),
          backgroundImage: `url("${url}")`,
        }}
      />
    </div>
  )
}
