import { Button } from '@mantine/core'
import { IconPhotoVideo, IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Album } from '../../../../main/contract/index.ts'
import { addToAlbum } from '../actions.ts'
import { useMediaDrop } from '../../../shared/media/drag.ts'
import classes from './EmptyAlbum.module.css'

interface EmptyAlbumProps {
  album: Album
  head: ReactNode
  onAdd: () => void
}

/** An album before anything is in it: where things come from, and the way there. */
export function EmptyAlbum({ album, head, onAdd }: EmptyAlbumProps) {
  const { over, listeners } = useMediaDrop(({ media }) => void addToAlbum(album, media, { inSight: true }))
  return (
    <div className={classes.page}>
      {head}
      <section className={classes.zone} data-over={over || undefined} aria-labelledby="empty-album" {...listeners}>
        <IconPhotoVideo size={28} stroke={1.5} aria-hidden />
        <h2 id="empty-album">This album is empty</h2>
        <p>
          Drag videos and scene pictures here from the library pane, or drag a card from the Library onto the album in
          the sidebar. Nothing is copied.
        </p>
        <Button variant="default" leftSection={<IconPlus size={16} stroke={1.75} />} onClick={onAdd}>
          Add from library
        </Button>
        <span className={classes.key}>
          or press <kbd>A</kbd>
        </span>
      </section>
    </div>
  )
}
