import { availableParallelism } from 'node:os'
import { FrameIndex } from '../../contract/media/frame-index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { inPercentSteps } from '../media/index.ts'
import { readAnalysisFrames } from './analysis-frames.ts'
import type { Boundary } from './detector.ts'
import { StandardDetector, withoutEchoes } from './detectors/standard.ts'
import { IndexMismatch } from './segment-reader.ts'
import { searchSegments } from './segmented-search.ts'

export interface BoundarySearch {
  path: string
  tools: FfmpegTools
  /** Of the video; progress is told by it. */
  durationSeconds: number
  /** The video's frame index, packed; without it every frame is decoded, in one go. */
  frames?: Uint8Array | null
  /** Pixels of a picture, by which the memory of a decoder is guessed; unknown is taken for many. */
  pixels?: number | undefined
  /** The decoder is ended when it gives no frame for this long. */
  silenceLimitMs?: number
}

export interface FoundBoundaries {
  /** All candidates, in order; see `Boundary.confidence`. */
  boundaries: Boundary[]
  /** Whether there was a picture at all. */
  hasPicture: boolean
  /** Time of the last frame, in seconds on the player's clock. */
  lastTime: number
}

export interface SearchCall {
  signal?: AbortSignal | undefined
  /** Fraction of the work, 0..1, in steps of about a hundredth. */
  onProgress?: ((fraction: number) => void) | undefined
}

/** More threads hold more full-size pictures in memory. */
const MOST_THREADS = 4

/**
 * Decodes a video small and finds where scenes may begin. The same file gives the same answer.
 * Blocks the thread between chunks of frames: call it off the main thread, through `detectScenes`.
 * @throws EngineError `media_failed` with the decoder's last words, `cancelled`.
 */
export async function findBoundaries(search: BoundarySearch, call: SearchCall = {}): Promise<FoundBoundaries> {
  const frames = search.frames ? FrameIndex.unpack(search.frames) : null
  const tell = inPercentSteps(1, call.onProgress)
  const { tools, path, pixels, silenceLimitMs } = search
  if (frames && frames.count > 1) {
    try {
      const reading = { tools, path, frames, pixels, signal: call.signal, silenceLimitMs }
      const found = await searchSegments(reading, new StandardDetector(), tell)
      return { boundaries: withoutEchoes(found), hasPicture: true, lastTime: frames.timeOf(frames.count - 1) }
    } catch (error) {
      if (!(error instanceof IndexMismatch)) throw error
    }
  }
  return await searchStraight(search, call.signal, tell)
}

/** Every frame, in the order in which the decoder gives them, whatever an index may say. */
async function searchStraight(
  { tools, path, pixels: size, durationSeconds, silenceLimitMs }: BoundarySearch,
  signal: AbortSignal | undefined,
  tell: (fraction: number) => void,
): Promise<FoundBoundaries> {
  const detector = new StandardDetector()
  const boundaries: Boundary[] = []
  let [count, lastTime] = [0, 0]
  const take = (time: number, pixels: Uint8Array): boolean => {
    boundaries.push(...detector.process({ index: count++, time, pixels }))
    lastTime = time
    if (durationSeconds > 0) tell(time / durationSeconds)
    return true
  }
  const threads = Math.min(MOST_THREADS, availableParallelism())
  await readAnalysisFrames(tools, path, take, { signal, silenceLimitMs, threads, pixels: size })
  boundaries.push(...detector.finish())
  return { boundaries: withoutEchoes(boundaries), hasPicture: count > 0, lastTime }
}
