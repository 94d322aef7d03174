import { useOpenVideo } from '../../../shared/video-page/open-video.ts'
import { outcomeText } from '../adjustment/changes.ts'
import { usePreview } from '../adjustment/usePreview.ts'

/** `12 scenes`; while they are adjusted `12 → 15 scenes`. */
export function SceneCount() {
  const { scenes } = useOpenVideo()
  const { countThen } = usePreview()
  return scenes.length > 0 ? outcomeText(scenes.length, countThen) : null
}
