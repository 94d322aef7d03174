import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { inSteps } from '../media/index.ts'
import { readAnalysisFrames } from './analysis-frames.ts'
import type { Boundary } from './detector.ts'
import { StandardDetector } from './detectors/standard.ts'

export interface BoundarySearch {
  path: string
  tools: FfmpegTools
  /** Of the video; progress is told by it. */
  durationSeconds: number
  /** The decoder is ended when it gives no frame for this long. */
  silenceLimitMs?: number
}

export interface FoundBoundaries {
  boundaries: Boundary[]
  frames: number
  /** Time of the last frame, in seconds on the player's clock. */
  lastTime: number
}

export interface SearchCall {
  signal?: AbortSignal | undefined
  /** Fraction of the video, 0..1, in steps of about a hundredth. */
  onProgress?: ((fraction: number) => void) | undefined
}

/**
 * Decodes a video once and finds where scenes begin. The same file gives the same answer.
 * Blocks the thread between chunks of frames: call it off the main thread, through `detectScenes`.
 * @throws EngineError `media_failed` with the decoder's last words, `cancelled`.
 */
export async function findBoundaries(search: BoundarySearch, call: SearchCall = {}): Promise<FoundBoundaries> {
  const detector = new StandardDetector()
  const found: FoundBoundaries = { boundaries: [], frames: 0, lastTime: 0 }
  const tell = inSteps(search.durationSeconds, call.onProgress)
  await readAnalysisFrames(
    search.tools,
    search.path,
    (frame) => {
      found.boundaries.push(...detector.process(frame))
      found.frames++
      found.lastTime = frame.time
      tell(frame.time)
    },
    { signal: call.signal, ...(search.silenceLimitMs !== undefined && { silenceLimitMs: search.silenceLimitMs }) },
  )
  found.boundaries.push(...detector.finish())
  return found
}
