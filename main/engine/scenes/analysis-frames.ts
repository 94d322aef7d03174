import {
  FrameTimes,
  inputArguments,
  memoryForFile,
  pictureStream,
  runFfmpeg,
  type FfmpegTools,
} from '../../platform/ffmpeg/index.ts'
import { ANALYSIS_HEIGHT, ANALYSIS_WIDTH } from './detector.ts'
import { beginOf } from './segment.ts'

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
  /** Where it ends, seconds on the player's clock; to the end of the file when left out. */
  to?: number | undefined
  /** Leave out frames that no other frame needs: half of the cost where there are any. */
  onlyReferences?: boolean | undefined
  /** Full pictures of some of the frames. */
  pictures?: PictureRead | undefined
}

export interface PictureRead {
  /** Filters that select frames and make pictures of them; times in them begin at `begin`. */
  readonly filter: (begin: number) => string
  /** Gets the JPEGs, one after the other. */
  readonly onJpegs: (chunk: Buffer) => void
  /** Gets their times as `framecrc` lists them, from `begin` on. */
  readonly onTimes: (chunk: Buffer) => void
}

/** Called for every frame with its real time, in seconds on the player's clock; `false` ends the reading. */
export type OnFrame = (time: number, pixels: Uint8Array) => boolean

const FRAME_BYTES = ANALYSIS_WIDTH * ANALYSIS_HEIGHT * 3
const SMALL = `scale=${ANALYSIS_WIDTH}:${ANALYSIS_HEIGHT}:flags=fast_bilinear,format=yuv444p,split[pixels][times]`
const SILENCE_LIMIT_MS = 60_000
/** The graph's own threads would only take turns with the decoder's. */
const ONE_THREAD = ['-filter_threads', '1', '-filter_complex_threads', '1'] as const

/**
 * Decodes a video, or a part of it, in a small size, and makes full pictures of some of its frames.
 * @throws EngineError `media_failed` with the decoder's last words, `cancelled`.
 */
export async function readAnalysisFrames(
  tools: FfmpegTools,
  path: string,
  onFrame: OnFrame,
  read: AnalysisRead,
): Promise<void> {
  const { signal, silenceLimitMs = SILENCE_LIMIT_MS, from = 0, pixels: size, pictures } = read
  const begin = beginOf(from)
  const enough = new AbortController()
  const pairs = new FramePairs((time, pixels) => {
    if (!enough.signal.aborted && !onFrame(roundToMicrosecond(begin + time), pixels)) enough.abort()
  })
  const ended = signal ? AbortSignal.any([signal, enough.signal]) : enough.signal
  const memoryBytes = await memoryForFile(path, size ?? null)
  const pipes = [new FrameTimes(pairs.addTime).add, ...(pictures ? [pictures.onJpegs, pictures.onTimes] : [])]
  const run = { signal: ended, silenceLimitMs, memoryBytes, onStdout: pairs.addPixels, pipes }
  await runFfmpeg(tools, decoding(tools, path, begin, read), run).catch((error: unknown) => {
    if (signal?.aborted || !enough.signal.aborted) throw error
  })
}

function decoding(
  { hardware, keepFrameTimes }: FfmpegTools,
  path: string,
  begin: number,
  { threads, onlyReferences, to, pictures, stream }: AnalysisRead,
): string[] {
  const input = [...hardware, '-threads', String(threads)]
  // A sixth of the cost; not visible at the small size, but in full pictures it is.
  if (!pictures) input.push('-skip_loop_filter', 'all')
  if (onlyReferences) input.push('-skip_frame', 'noref')
  // An accurate seek would drop the frame at the key frame's time.
  if (begin > 0) input.push('-noaccurate_seek', '-ss', begin.toFixed(6))
  // It ends by itself there: ended by us, it would lose the pictures that it has not written yet.
  const until = to === undefined ? '' : `trim=end=${(to - begin).toFixed(6)},`
  const graph = pictures
    ? `[${pictureStream(stream)}]${until}split[small][full];[small]${SMALL};[full]${pictures.filter(begin)},split[jpegs][jpegTimes]`
    : `[${pictureStream(stream)}]${until}${SMALL}`
  const times = [...keepFrameTimes, '-enc_time_base', '-1', '-f', 'framecrc']
  return [
    ...[...ONE_THREAD, ...inputArguments(path, input), '-filter_complex', graph],
    ...['-map', '[pixels]', ...keepFrameTimes, '-f', 'rawvideo', 'pipe:1'],
    ...['-map', '[times]', ...times, 'pipe:3'],
    ...(pictures
      ? [
          ...['-map', '[jpegs]', ...keepFrameTimes, '-enc_time_base', '-1', '-c:v', 'mjpeg', '-threads', '1'],
          ...['-q:v', '3', '-f', 'image2pipe', 'pipe:4', '-map', '[jpegTimes]', ...times, 'pipe:5'],
        ]
      : []),
  ]
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
