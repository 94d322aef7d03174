import clsx from 'clsx'
import { mediaUrl } from '../../shared/engine/bridge.ts'
import { shapeStyle, sheetStyle, type Sprite } from './scrub.ts'
import classes from './SheetPicture.module.css'

interface SheetPictureProps {
  sprite: Sprite
  /** Which of its pictures. */
  index: number
  /** Width to height of the box it fills. */
  boxAspect?: number
  fit?: 'contain' | 'cover'
  className?: string | undefined
}

/** One picture of a sprite sheet, as large as its box. */
export function SheetPicture({ sprite, index, boxAspect = 16 / 9, fit = 'contain', className }: SheetPictureProps) {
  const url = mediaUrl(sprite.url) ?? ''
  return (
    <div className={clsx(classes.box, className)} aria-hidden>
      <div style={{ ...shapeStyle(sprite, boxAspect, fit), ...sheetStyle(sprite, index, url) }} />
    </div>
  )
}
