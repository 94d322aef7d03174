import type { Video } from '../../../main/contract/index.ts'
import { parseMediaPath } from '../../../main/contract/media-urls.ts'

/** Whether the window plays a copy that was encoded anew, for want of a way to play the file itself. */
export function playsPreview({ playableUrl }: Pick<Video, 'playableUrl'>): boolean {
  const target = playableUrl === null ? null : parseMediaPath(playableUrl)
  return target?.is === 'derived' && target.of.which === 'preview'
}
