import type { Roi } from '../../../main/contract/index.ts'
import { mediaUrl } from '../../shared/engine/bridge.ts'

/** The video a task looks at. */
export function taskVideoUrl(taskId: string): string | undefined {
  return mediaUrl(`/v1/video/tasks/${taskId}/video`)
}

/** Where the video with what the task saw drawn over it is had from. */
export function annotatedPath(taskId: string): string {
  return `/v1/video/tasks/${taskId}/annotated`
}

/** The picture of one frame of it, or of a part of that. @param frame its number in the video */
export function taskPictureUrl(taskId: string, frame: number, roi?: Roi): string | undefined {
  const path = `/v1/video/tasks/${taskId}/frames/${frame}`
  if (!roi) return mediaUrl(path)
  const { left, top, width, height } = roi
  return mediaUrl(`${path}?roi=${left},${top},${width},${height}`)
}
