import { mediaUrl } from '../../../shared/engine/bridge.ts'
import { usePlaybackState } from '../../../shared/player/player.ts'
import { FaultNotice } from '../../../shared/player/picture/FaultNotice.tsx'
import { playsPreview } from '../../../shared/media/preview.ts'
import { useOpenVideo } from '../../../shared/video-page/open-video.ts'
import { useLoaded } from '../../../shared/registry/features.ts'
import { Film } from '../../../shared/player/picture/Film.tsx'
import { PreviewNotice } from './PreviewNotice.tsx'
import film from '../../../shared/player/picture/Film.module.css'
import classes from './Picture.module.css'

/** The footage, as large as fits, and over it only what is drawn on it, or why it cannot be shown. */
export function Picture() {
  const { video, fullScreen } = useOpenVideo()
  const parts = useLoaded('videoPage')
  const fault = usePlaybackState((state) => state.fault)
  const source = mediaUrl(video.playableUrl)
  return (
    <div className={film.well} onDoubleClick={fullScreen.toggle}>
      {source ? (
        <Film key={source} source={source} poster={mediaUrl(video.thumbnailUrl)} title={video.title} />
      ) : (
        <Still />
      )}
      {parts.map(({ Overlay }, index) => Overlay && <Overlay key={index} />)}
      {playsPreview(video) && (
        <span
          className={classes.preview}
          title="The window cannot play the file itself. Exports and tasks use the file."
        >
          Preview copy
        </span>
      )}
      {source && fault && <FaultNotice fault={fault} />}
      {!source && <PreviewNotice video={video} />}
    </div>
  )
}

/** While nothing can play: the picture of the scene one browses to. */
function Still() {
  const { video, scenes } = useOpenVideo()
  const index = usePlaybackState(({ scene }) => scene)
  const source = mediaUrl(scenes[index]?.thumbnailUrl ?? video.thumbnailUrl)
  return source ? <img className={classes.still} src={source} alt="" draggable={false} /> : null
}
