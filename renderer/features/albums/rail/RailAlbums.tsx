import { Link, useLocation } from 'wouter'
import { type AlbumSummary, listAlbums } from '../../../../main/contract/index.ts'
import { useEngine } from '../../../shared/engine/queries.ts'
import { addToAlbum } from '../actions.ts'
import { Cover } from '../Cover.tsx'
import { useMediaDrop } from '../../../shared/media/drag.ts'
import { albumPath } from '../paths.ts'
import classes from './RailAlbums.module.css'

/** How many of the newest albums the rail leads to. */
const SHOWN = 6

/** The newest albums, and how many there are in all. */
export function useNewestAlbums() {
  return useEngine('albums', listAlbums, { limit: SHOWN })
}

/** The newest albums, each a place to drop what is dragged. */
export function RailAlbums() {
  const { data } = useNewestAlbums()
  if (!data || data.albums.length === 0) return null
  return (
    <section className={classes.albums} aria-labelledby="rail-albums">
      <h2 id="rail-albums" className={classes.name}>
        Newest albums
      </h2>
      {data.albums.map((album) => (
        <AlbumLink key={album.albumId} album={album} />
      ))}
    </section>
  )
}

function AlbumLink({ album }: { album: AlbumSummary }) {
  const [location] = useLocation()
  const { over, dragging, listeners } = useMediaDrop(({ media }) => void addToAlbum(album, media))
  const path = albumPath(album.albumId)
  return (
    <Link
      href={path}
      className={classes.link}
      aria-current={location === path ? 'page' : undefined}
      data-over={over || undefined}
      data-dragging={dragging || undefined}
      draggable={false}
      title={album.title}
      {...listeners}
    >
      <Cover album={album} most={1} className={classes.cover} />
      <span className={classes.title}>{album.title}</span>
      <span className={classes.note}>{album.itemCount.toLocaleString('en-GB')}</span>
    </Link>
  )
}
