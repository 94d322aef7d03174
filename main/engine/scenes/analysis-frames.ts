import {
  FrameTimes,
  inputArguments,
  memoryForFile,
  pictureStream,
  runFfmpeg,
  type FfmpegTools,
} from '../../platform/ffmpeg/index.ts'
import { ANALYSIS_HEIGHT, ANALYSIS_WIDTH } from './detector.ts'

export interface AnalysisRead {
  signal?: AbortSignal | undefined
  /** The decoder is ended when it gives no frame for this long. */
  silenceLimitMs?: number | undefined
  /** Of one frame; unknown counts as many. */
  pixels?: number | undefined
  /** Of the file, as ffmpeg counts; the first picture where it is not known. */
  stream?: number | null | undefined
  /** More threads have more full-size frames in memory. */
  threads: number
  /** Time of a key frame, seconds on the player's clock; frames before it may come, too. */
  from?: number | undefined
  /** Leave out frames that no other frame needs: half of the cost where there are any. */
  onlyReferences?: boolean | undefined
}

/** Called for every frame with its real time, in seconds on the player's clock; `false` ends the reading. */
export type OnFrame = (time: number, pixels: Uint8Array) => boolean

const FRAME_BYTES = ANALYSIS_WIDTH * ANALYSIS_HEIGHT * 3
const FILTER = `scale=${ANALYSIS_WIDTH}:${ANALYSIS_HEIGHT}:flags=fast_bilinear,format=yuv444p,` + 'split[pixels][times]'
const SILENCE_LIMIT_MS = 60_000
/** A seek to slightly after a frame's time finds that frame, despite rounding. */
const SEEK_AFTER_SECONDS = 0.0005

/**
 * Decodes a video, or a part of it, in a small size. The loop filter is skipped: a sixth of the cost, and not visible at this
 * size.
 * @throws EngineError `media_failed` with the decoder's last words, `cancelled`.
 */
export async function readAnalysisFrames(
  tools: FfmpegTools,
  path: string,
  onFrame: OnFrame,
  {
    signal,
    silenceLimitMs = SILENCE_LIMIT_MS,
    threads,
    from = 0,
    onlyReferences = false,
    pixels,
    stream,
  }: AnalysisRead,
): Promise<void> {
  const begin = from > 0 ? from + SEEK_AFTER_SECONDS : 0
  const enough = new AbortController()
  const pairs = new FramePairs((time, pixels) => {
    if (!enough.signal.aborted && !onFrame(roundToMicrosecond(begin + time), pixels)) enough.abort()
  })
  const decoding = [...tools.hardware, '-threads', String(threads), '-skip_loop_filter', 'all']
  if (onlyReferences) decoding.push('-skip_frame', 'noref')
  // An accurate seek would drop the frame at the key frame's time.
  if (begin > 0) decoding.push('-noaccurate_seek', '-ss', begin.toFixed(6))
  const args = [
    ...inputArguments(path, decoding),
    ...['-filter_complex', `[${pictureStream(stream)}]${FILTER}`],
    ...['-map', '[pixels]', ...tools.keepFrameTimes, '-f', 'rawvideo', 'pipe:1'],
    ...['-map', '[times]', ...tools.keepFrameTimes, '-enc_time_base', '-1', '-f', 'framecrc', 'pipe:3'],
  ]
  const ended = signal ? AbortSignal.any([signal, enough.signal]) : enough.signal
  const memoryBytes = await memoryForFile(path, pixels ?? null)
  const pipes = [new FrameTimes(pairs.addTime).add]
  const run = { signal: ended, silenceLimitMs, memoryBytes, onStdout: pairs.addPixels, pipes }
  await runFfmpeg(tools, args, run).catch((error: unknown) => {
    if (signal?.aborted || !enough.signal.aborted) throw error
  })
}

/** Joins pixels and times, which arrive through two pipes in the same order but at different moments. */
class FramePairs {
  readonly #pictures: Uint8Array[] = []
  readonly #times: number[] = []
  #picture = new Uint8Array(FRAME_BYTES)
  #filled = 0

  constructor(private readonly onFrame: (time: number, pixels: Uint8Array) => void) {}

  readonly addPixels = (chunk: Uint8Array): void => {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + FRAME_BYTES - this.#filled)
      this.#picture.set(part, this.#filled)
      this.#filled += part.length
      at += part.length
      if (this.#filled === FRAME_BYTES) this.#finishPicture()
    }
    this.#pair()
  }

  readonly addTime = (seconds: number): void => {
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
    for (const [at, pixels] of this.#pictures.splice(0, ready).entries()) this.onFrame(times[at] ?? 0, pixels)
  }
}

function roundToMicrosecond(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6
}
