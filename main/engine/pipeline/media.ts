import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { EngineError, FrameIndex, type Task, type VideoMetadata } from '../../contract/index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { isMissing } from '../../platform/files/index.ts'
import type { Checksums } from '../objects/index.ts'
import { probeVideo, readFrameIndex } from '../media/index.ts'
import type { Film } from './decoding.ts'

/** A video that was opened for a task. */
export interface OpenedVideo extends Film {
  readonly facts: NonNullable<Task['video']>
}

/** What is known of a video without looking at its frames one by one. */
export type Known = Pick<VideoMetadata, 'width' | 'height' | 'durationSeconds' | 'frameRate'>

/** @throws EngineError `media_failed` for a video whose size nobody knows. */
export function describe(file: string, known: Known, index: FrameIndex): OpenedVideo {
  const { width, height, durationSeconds, frameRate } = known
  if (width === null || height === null) throw new EngineError('media_failed', 'The size of this video is not known.')
  const facts = {
    ...{ width, height, totalFrames: index.count },
    durationSeconds: durationSeconds ?? index.endOf(index.count - 1),
    // "fps = avg_frame_rate"
    fps: frameRate ?? index.averageRate ?? 1,
  }
  return { path: file, index, size: { width, height }, facts }
}

/** A video from elsewhere: its index is kept beside its pictures, and made again when it went missing. */
export async function openForeign(
  tools: FfmpegTools,
  file: string,
  kept: { readonly taskId: string; readonly folder: string; readonly checksums: Checksums },
  signal?: AbortSignal,
): Promise<OpenedVideo> {
  const { metadata, startSeconds } = await probeVideo(tools, file, { signal, timeLimitMs: 60_000 })
  const { taskId, folder, checksums } = kept
  const place = path.join(folder, 'frames')
  const known = await stored(place, (bytes) => checksums.matches(taskId, 'frames', bytes) !== false)
  const index = known ?? (await readFrameIndex(tools, file, { startSeconds, signal }))
  if (!known) {
    const bytes = index.pack()
    await mkdir(folder, { recursive: true })
    await writeFile(`${place}.new`, bytes)
    checksums.forget(taskId, ['frames'])
    await rename(`${place}.new`, place)
    checksums.recordBytes(taskId, 'frames', bytes)
  }
  return describe(file, metadata, index)
}

async function stored(file: string, isGood: (bytes: Buffer) => boolean): Promise<FrameIndex | null> {
  try {
    const bytes = await readFile(file)
    return isGood(bytes) ? FrameIndex.unpack(bytes) : null
  } catch (error) {
    if (isMissing(error) || error instanceof RangeError) return null
    throw error
  }
}
