import { EngineError, type FrameIndex, type Task, type VideoMetadata } from '../../contract/index.ts'
import type { VideoSource } from './decode-runs.ts'

/** A video that was opened for a task. */
export interface OpenedVideo extends VideoSource {
  readonly facts: NonNullable<Task['video']>
}

type KnownMetadata = Pick<VideoMetadata, 'width' | 'height' | 'frameRate'>

/** @throws EngineError `media_failed` for a video of unknown size. */
export function describeVideo(file: string, metadata: KnownMetadata, index: FrameIndex): OpenedVideo {
  const { width, height, frameRate } = metadata
  if (width === null || height === null) throw new EngineError('media_failed', 'The size of this video is not known.')
  const facts = {
    ...{ width, height, totalFrames: index.count },
    durationSeconds: index.end,
    // PI-27
    fps: index.rate(frameRate) ?? 1,
  }
  return { path: file, index, size: { width, height }, facts }
}
