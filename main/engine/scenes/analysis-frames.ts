import { availableParallelism } from 'node:os'
import { FrameTimes, inputArguments, runFfmpeg, type FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { ANALYSIS_HEIGHT, ANALYSIS_WIDTH, type AnalysisFrame } from './detector.ts'

export interface AnalysisRead {
  signal?: AbortSignal | undefined
  /** The decoder is ended when it gives no frame for this long. */
  silenceLimitMs?: number
}

const FRAME_BYTES = ANALYSIS_WIDTH * ANALYSIS_HEIGHT * 3
const FILTER =
  `[0:V:0]scale=${ANALYSIS_WIDTH}:${ANALYSIS_HEIGHT}:flags=fast_bilinear,format=yuv444p,` + 'split[pixels][times]'
/** More threads hold more full-size pictures in memory. */
const MOST_THREADS = 4

/**
 * Decodes a video once, small, and calls `onFrame` for every frame with its real time.
 * Smoothing between blocks is left out of the decoding: a sixth of its cost, and nothing that shows at this size.
 * @throws EngineError `media_failed` with the decoder's last words, `cancelled`.
 */
export async function readAnalysisFrames(
  tools: FfmpegTools,
  path: string,
  onFrame: (frame: AnalysisFrame) => void,
  read: AnalysisRead = {},
): Promise<void> {
  const pairs = new FramePairs(onFrame)
  const decoding = ['-threads', String(Math.min(MOST_THREADS, availableParallelism())), '-skip_loop_filter', 'all']
  const args = [
    ...inputArguments(path, decoding),
    ...['-filter_complex', FILTER],
    ...['-map', '[pixels]', ...tools.keepFrameTimes, '-f', 'rawvideo', 'pipe:1'],
    ...['-map', '[times]', ...tools.keepFrameTimes, '-enc_time_base', '-1', '-f', 'framecrc', 'pipe:3'],
  ]
  await runFfmpeg(tools, args, {
    signal: read.signal,
    silenceLimitMs: read.silenceLimitMs ?? 60_000,
    onStdout: (chunk) => pairs.addPixels(chunk),
    pipes: [new FrameTimes((seconds) => pairs.addTime(seconds)).add],
  })
}

/** Pixels and times come through two pipes, in the same order but not at the same moment. */
class FramePairs {
  readonly #pictures: Uint8Array[] = []
  readonly #times: number[] = []
  #picture = new Uint8Array(FRAME_BYTES)
  #filled = 0
  #index = 0

  constructor(private readonly onFrame: (frame: AnalysisFrame) => void) {}

  addPixels(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + FRAME_BYTES - this.#filled)
      this.#picture.set(part, this.#filled)
      this.#filled += part.length
      at += part.length
      if (this.#filled === FRAME_BYTES) this.#finishPicture()
    }
    this.#pair()
  }

  addTime(seconds: number): void {
    this.#times.push(seconds)
    this.#pair()
  }

  #finishPicture(): void {
    this.#pictures.push(this.#picture)
    this.#picture = new Uint8Array(FRAME_BYTES)
    this.#filled = 0
  }

  #pair(): void {
    const ready = Math.min(this.#pictures.length, this.#times.length)
    const times = this.#times.splice(0, ready)
    for (const [at, pixels] of this.#pictures.splice(0, ready).entries()) {
      this.onFrame({ index: this.#index++, time: roundToMicrosecond(times[at] ?? 0), pixels })
    }
  }
}

function roundToMicrosecond(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6
}
