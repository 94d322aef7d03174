import { IconCheck, IconChevronRight, IconPlus } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { type Album, listScenes, type Scene, type Video } from '../../../../main/contract/index.ts'
import { mediaUrl } from '../../../shared/engine/bridge.ts'
import { useEngine } from '../../../shared/engine/queries.ts'
import { count } from '../../../shared/format/size.ts'
import { clock } from '../../../shared/format/time.ts'
import { IconButton } from '../../../shared/ui/IconButton.tsx'
import { Thumb } from '../../../shared/ui/Thumb.tsx'
import { addToAlbum } from '../actions.ts'
import { startDrag } from '../../../shared/media/drag.ts'
import { type Media, mediaOf, middleOf, photoOf } from '../../../shared/media/media.ts'
import classes from './LibraryPane.module.css'

interface PaneVideoProps {
  album: Album
  video: Video
  /** Ids of the media that are in the album. */
  taken: ReadonlySet<string>
}

/** A video that can be put into the album, and below it, when asked for, the pictures of its scenes. */
export function PaneVideo({ album, video, taken }: PaneVideoProps) {
  const [open, setOpen] = useState(false)
  const scenesId = useId()
  const { title, metadata, sceneCount, thumbnailUrl, videoId } = video
  return (
    <li>
      <div
        className={classes.row}
        draggable
        onDragStart={(event) => startDrag(event, { media: [mediaOf(video)], from: null })}
      >
        <Thumb url={mediaUrl(thumbnailUrl)} />
        <div style={{ minWidth: 0 }}>
          <div className={classes.title} title={title}>
            {title}
          </div>
          <button
            type="button"
            className={classes.scenesButton}
            aria-expanded={open}
            aria-controls={scenesId}
            disabled={sceneCount === 0}
            onClick={() => setOpen(!open)}
          >
            {sceneCount > 0 && <IconChevronRight size={12} stroke={2} aria-hidden />}
            {[metadata.durationSeconds !== null && clock(metadata.durationSeconds), count(sceneCount, 'scene')]
              .filter(Boolean)
              .join(', ')}
          </button>
        </div>
        <AddButton
          name={title}
          inAlbum={taken.has(videoId)}
          onAdd={() => void addToAlbum(album, [mediaOf(video)], { inSight: true })}
        />
      </div>
      {open && <Scenes id={scenesId} album={album} video={video} taken={taken} />}
    </li>
  )
}

function AddButton({ name, inAlbum, onAdd }: { name: string; inAlbum: boolean; onAdd: () => void }) {
  if (inAlbum) return <IconCheck size={16} stroke={2} color="var(--fr-ok)" aria-label={`${name} is in the album`} />
  return <IconButton icon={IconPlus} name="Add to this album" label={`Add ${name}`} onClick={onAdd} />
}

function Scenes({ id, album, video, taken }: PaneVideoProps & { id: string }) {
  const { data, error } = useEngine('videos', listScenes, { videoId: video.videoId })
  if (error) return <p className={classes.note}>The scenes could not be loaded. {error.message}</p>
  const pictured = data?.scenes.filter(({ thumbnailUrl }) => thumbnailUrl !== null) ?? []
  return (
    <ul id={id} className={classes.scenes} aria-label={`Pictures of ${video.title}`}>
      {pictured.map((scene) => (
        <ScenePicture
          key={scene.sceneId}
          scene={scene}
          photo={photoOf(scene, video)}
          inAlbum={taken.has(scene.sceneId)}
          onAdd={(photo) => void addToAlbum(album, [photo], { inSight: true })}
        />
      ))}
    </ul>
  )
}

interface ScenePictureProps {
  scene: Scene
  photo: Media
  inAlbum: boolean
  onAdd: (photo: Media) => void
}

function ScenePicture({ scene, photo, inAlbum, onAdd }: ScenePictureProps) {
  return (
    <li
      draggable={!inAlbum}
      onDragStart={(event) => {
        event.stopPropagation()
        startDrag(event, { media: [photo], from: null })
      }}
    >
      <button
        type="button"
        className={classes.scene}
        disabled={inAlbum}
        aria-label={inAlbum ? `${photo.title} is in the album` : `Add the picture of ${photo.title}`}
        title={inAlbum ? 'In the album' : 'Add as a photo'}
        onClick={() => onAdd(photo)}
      >
        <img src={mediaUrl(scene.thumbnailUrl)} alt="" draggable={false} loading="lazy" />
        <span>
          {inAlbum && <IconCheck size={11} stroke={2.5} aria-hidden />}
          {clock(middleOf(scene))}
        </span>
      </button>
    </li>
  )
}
