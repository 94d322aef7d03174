import { IconAlbum } from '@tabler/icons-react'
import clsx from 'clsx'
import type { AlbumSummary } from '../../../main/contract/index.ts'
import { mediaUrl } from '../../shared/engine/bridge.ts'
import classes from './Cover.module.css'

interface CoverProps {
  album: Pick<AlbumSummary, 'mosaic'>
  /** At most so many pictures. */
  most?: number
  className?: string | undefined
}

/** The pictures an album begins with: one large, the others beside it. */
export function Cover({ album, most = 4, className }: CoverProps) {
  const pictures = album.mosaic.slice(0, most)
  return (
    <div className={clsx(classes.cover, className)} data-pictures={pictures.length} aria-hidden>
      {pictures.length === 0 && <IconAlbum size={28} stroke={1.25} />}
      {pictures.map((path, index) => (
        <img key={`${index} ${path}`} src={mediaUrl(path)} alt="" draggable={false} decoding="async" />
      ))}
    </div>
  )
}
