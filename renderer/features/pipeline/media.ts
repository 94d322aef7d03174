import type { Roi } from '../../../main/contract/index.ts'
import { mediaPath } from '../../../main/contract/media-urls.ts'
import { mediaUrl } from '../../shared/engine/bridge.ts'

/** The video a task looks at. */
export function taskVideoUrl(taskId: string): string | undefined {
  return mediaUrl(mediaPath.taskVideo(taskId))
}

/** The picture of one frame of it, or of a region of that. @param frame its number in the video */
export function taskPictureUrl(taskId: string, frame: number, roi?: Roi): string | undefined {
  return mediaUrl(mediaPath.taskPicture(taskId, frame, roi))
}
