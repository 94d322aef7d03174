import type { Scene, Video } from '../../../../main/contract/index.ts'
import { mediaUrl } from '../../../shared/engine/bridge.ts'
import { usePlaybackState } from '../../../shared/player/player.ts'
import { FaultNotice } from '../../../shared/player/picture/FaultNotice.tsx'
import { Drawn } from '../../annotations/picture/Drawn.tsx'
import { Film } from '../../../shared/player/picture/Film.tsx'
import { PreviewNotice } from './PreviewNotice.tsx'
import classes from './Picture.module.css'

interface PictureProps {
  video: Video
  scenes: readonly Scene[]
  onFullScreen: () => void
}

/** The footage, as large as fits, and over it only what is drawn on it, or stands in its way. */
export function Picture({ video, scenes, onFullScreen }: PictureProps) {
  const fault = usePlaybackState((state) => state.fault)
  const source = mediaUrl(video.playableUrl)
  return (
    <div className={classes.well} onDoubleClick={onFullScreen}>
      {source ? (
        <Film key={source} source={source} poster={mediaUrl(video.thumbnailUrl)} title={video.title} />
      ) : (
        <Still video={video} scenes={scenes} />
      )}
      <Drawn video={video} />
      {source && fault && <FaultNotice fault={fault} />}
      {!source && <PreviewNotice video={video} />}
    </div>
  )
}

/** While nothing can play: the picture of the scene one browses to. */
function Still({ video, scenes }: Pick<PictureProps, 'video' | 'scenes'>) {
  const index = usePlaybackState(({ scene }) => scene)
  const source = mediaUrl(scenes[index]?.thumbnailUrl ?? video.thumbnailUrl)
  return source ? <img className={classes.still} src={source} alt="" draggable={false} /> : null
}
