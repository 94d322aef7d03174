import { availableParallelism } from 'node:os'
import { FrameIndex } from '../../contract/media/frame-index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { inPercentSteps, type PictureOutput } from '../media/index.ts'
import { readAnalysisFrames } from './analysis-frames.ts'
import type { Boundary } from './detector.ts'
import { StandardDetector, withoutDuplicates } from './detectors/standard.ts'
import { IndexMismatch } from './segment-reader.ts'
import { searchSegments } from './segmented-search.ts'

export interface BoundarySearch {
  path: string
  tools: FfmpegTools
  /** Of the video; for progress. */
  durationSeconds: number
  /** The video's frame index, packed; without it every frame is decoded in one pass. */
  frames?: Uint8Array | null
  /** Pixels of a frame, for the memory limit of a decoder; unknown counts as many. */
  pixels?: number | undefined
  /** The decoder is ended when it gives no frame for this long. */
  silenceLimitMs?: number
  /** Pictures to make of frames that are decoded anyway; none are made where every frame is decoded in one pass. */
  pictures?: PictureOutput | undefined
}

export interface FoundBoundaries {
  /** All candidates, in order; see `Boundary.confidence`. */
  boundaries: Boundary[]
  /** Whether any frame was decoded. */
  hasPicture: boolean
  /** Time of the last frame, in seconds on the player's clock. */
  lastTime: number
  /** Frames of which a picture was made, ascending. */
  pictured: readonly number[]
}

export interface SearchCall {
  signal?: AbortSignal | undefined
  /** Fraction of the work, 0..1, in steps of about a hundredth. */
  onProgress?: ((fraction: number) => void) | undefined
}

/** More threads have more full-size frames in memory. */
const MOST_THREADS = 4

/**
 * Decodes a video in a small size and finds where scenes may begin. Deterministic. It blocks its thread: call it through
 * `detectScenes`.
 * @throws EngineError `media_failed` with the decoder's last words, `cancelled`.
 */
export async function findBoundaries(search: BoundarySearch, call: SearchCall = {}): Promise<FoundBoundaries> {
  const frames = search.frames ? FrameIndex.unpack(search.frames) : null
  const report = inPercentSteps(1, call.onProgress)
  const { tools, path, pixels, silenceLimitMs, pictures } = search
  if (frames && frames.count > 1) {
    try {
      const reading = { tools, path, frames, pixels, signal: call.signal, silenceLimitMs }
      const { boundaries, pictured } = await searchSegments(reading, new StandardDetector(), report, pictures)
      const lastTime = frames.timeOf(frames.count - 1)
      return { boundaries: withoutDuplicates(boundaries), hasPicture: true, lastTime, pictured }
    } catch (error) {
      if (!(error instanceof IndexMismatch)) throw error
    }
  }
  return await searchStraight(search, frames?.stream, call.signal, report)
}

/** Every frame as the decoder gives it, without the index. */
async function searchStraight(
  { tools, path, pixels: size, durationSeconds, silenceLimitMs }: BoundarySearch,
  stream: number | null | undefined,
  signal: AbortSignal | undefined,
  report: (fraction: number) => void,
): Promise<FoundBoundaries> {
  const detector = new StandardDetector()
  const boundaries: Boundary[] = []
  let [count, lastTime] = [0, 0]
  const take = (time: number, pixels: Uint8Array): boolean => {
    boundaries.push(...detector.process({ index: count++, time, pixels }))
    lastTime = time
    if (durationSeconds > 0) report(time / durationSeconds)
    return true
  }
  const threads = Math.min(MOST_THREADS, availableParallelism())
  await readAnalysisFrames(tools, path, take, { signal, silenceLimitMs, threads, pixels: size, stream })
  boundaries.push(...detector.finish())
  return { boundaries: withoutDuplicates(boundaries), hasPicture: count > 0, lastTime, pictured: [] }
}
