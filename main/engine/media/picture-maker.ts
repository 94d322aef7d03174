import { copyFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { EngineError } from '../../contract/errors.ts'
import type { FrameIndex } from '../../contract/media/frame-index.ts'
import {
  FrameTimes,
  inputArguments,
  isRefusal,
  memoryForFile,
  pictureStream,
  runFfmpeg,
  seriesUrl,
  type FfmpegTools,
} from '../../platform/ffmpeg/index.ts'
import type { Colours } from './colours.ts'
import { micros, seekTo, selectExpression } from './frame-selection.ts'
import { pictureFilter } from './picture-filter.ts'
import { type PictureRequest, requestRuns } from './picture-requests.ts'

/** What is known of a video, and how its pictures are made. */
export interface PicturedVideo {
  readonly colours: Colours
  /** Pixels of the longer side, at most. */
  readonly longSide?: number | undefined
  readonly frames?: FrameIndex | undefined
  /** Of one picture of the video. */
  readonly pixels?: number | null | undefined
  /** Of each decoder; as many as ffmpeg takes when left out. */
  readonly threads?: number | undefined
}

export interface MakerCall {
  readonly signal: AbortSignal | undefined
  /** Called for each frame that was asked for, once it is decoded. */
  readonly onPicture?: (() => void) | undefined
}

interface MadePicture {
  time: number
  file: string
}

/** One call of ffmpeg. */
interface DecoderCall {
  /** Where it begins, and how much of the file it reads at most, in seconds. */
  start: number
  seconds: number
  /** Expression for the filter `select`. */
  selection: string
  /** How many frames are selected, when that is certain: the decoder stops after the last of them. */
  count?: number
  decoding?: readonly string[]
  /** Seconds of video from the key frame to the last picture: the time limit grows with it. */
  work?: number
}

/** Frames this close before a time are decoded, too: one of them may be nearer than the next. */
const NEAR_SECONDS = 0.25
/** How far to go back, in turn, where nothing decodes at the time itself. */
const LOOK_BACK_SECONDS = [0.5, 2, 8, 60, 600, 6000, Infinity]
/** Further than this only key frames are decoded. */
const KEY_FRAMES_BEYOND_SECONDS = 8
/** A stuck decoder is ended; a good one needs a fraction of this, even for 4K… */
const RUN_LIMIT_MS = 120_000
/** …and this much more for each second of video on the way from the last key frame. */
const LIMIT_MS_PER_SECOND = 3000

/** Pictures of a video, with a decoder for each run of requests. */
export class PictureMaker {
  #runs = 0
  #refusal: EngineError | null = null

  constructor(
    private readonly tools: FfmpegTools,
    private readonly path: string,
    private readonly temporary: string,
    private readonly video: PicturedVideo,
  ) {}

  /**
   * One decode for all requests; then, one by one, those that need an earlier frame.
   * @returns the files, by the requests' positions.
   */
  async make(requests: readonly PictureRequest[], call: MakerCall): Promise<Map<number, string>> {
    const files = new Map<number, string>()
    const { frames } = this.video
    const exact = frames ? await this.#decodeFrames(requests, frames, call) : []
    const missed = requests.filter((request) => !pictureFor(exact, request))
    const around: MadePicture[] = []
    for (const run of requestRuns(missed.map(({ time }) => time))) around.push(...(await this.#decodeAround(run, call)))
    for (const request of requests) {
      const made =
        pictureFor(exact, request) ??
        nearest(around, request.time) ??
        (await this.#lookBack(request.time, around, call))
      files.set(request.index, await this.#ownFile(made, files))
    }
    return files
  }

  /** Two times may have the same frame; each gets its own file. */
  async #ownFile({ file }: MadePicture, files: ReadonlyMap<number, string>): Promise<string> {
    if (![...files.values()].includes(file)) return file
    const copy = join(this.temporary, `${++this.#runs}-copy.jpg`)
    await copyFile(file, copy)
    return copy
  }

  /** For frames that are far apart, and for a file whose rest gives none. */
  async #lookBack(time: number, made: readonly MadePicture[], { signal }: MakerCall): Promise<MadePicture> {
    const next = made.find((picture) => picture.time >= time)
    for (const back of LOOK_BACK_SECONDS) {
      const start = seekTo(time - back)
      const decoding = back > KEY_FRAMES_BEYOND_SECONDS ? ['-skip_frame', 'nokey'] : []
      const before = (await this.#run({ start, seconds: time - start, selection: '1', decoding }, { signal }))
        .filter((picture) => picture.time <= time)
        .at(-1)
      if (before) return next && next.time - time < time - before.time ? next : before
      if (next && next.time - time <= back) return next
    }
    if (next) return next
    const message = `No picture could be read at ${time.toFixed(2)} s.`
    throw this.#refusal ?? new EngineError('media_failed', message)
  }

  /** Exactly the requested frames; those of them that decode. */
  async #decodeFrames(requests: readonly PictureRequest[], index: FrameIndex, call: MakerCall): Promise<MadePicture[]> {
    const frames = requests.flatMap(({ frame }) => frame ?? [])
    const [first, last] = [frames[0], frames.at(-1)]
    if (!first || !last) return []
    const start = seekTo(first.time)
    // Two times may have the same frame.
    const numbers = [...new Set(frames.map(({ number }) => number))]
    const run = {
      start,
      seconds: last.until - start + NEAR_SECONDS,
      selection: selectExpression(index, numbers, start),
      count: numbers.length,
      work: last.time - first.decodedFrom,
    }
    return await this.#run(run, call)
  }

  /** Around the time of each request: the frames shortly before it, and the first one after. */
  #decodeAround(requests: readonly PictureRequest[], { signal }: MakerCall): Promise<MadePicture[]> {
    const start = seekTo((requests[0]?.time ?? 0) - NEAR_SECONDS)
    const selections = requests.map(({ time }) => {
      const [near, at] = [time - NEAR_SECONDS - start, time - start].map(micros)
      return `gte(t,${near})*(lt(t,${at})+isnan(prev_selected_t)+lt(prev_selected_t,${at}))`
    })
    const seconds = (requests.at(-1)?.time ?? 0) - start + NEAR_SECONDS
    return this.#run({ start, seconds, selection: selections.join('+') }, { signal })
  }

  /** Pictures of the selected frames of a part of the file. */
  async #run(
    { start, seconds, selection, count, decoding = [], work = 0 }: DecoderCall,
    { signal, onPicture }: MakerCall,
  ): Promise<MadePicture[]> {
    const name = `${++this.#runs}-`
    const times: number[] = []
    const { colours, longSide, frames, pixels, threads } = this.video
    const picture = pictureFilter(colours, longSide)
    const stream = pictureStream(frames?.stream)
    const filter = `[${stream}]select='${selection}',${picture},split[picture][time]`
    const seek = start > 0 ? ['-ss', micros(start)] : []
    const input = [...(threads ? ['-threads', String(threads)] : []), ...decoding, ...seek, '-t', micros(seconds)]
    const each = [...(count ? ['-frames:v', String(count)] : []), ...this.tools.keepFrameTimes, '-enc_time_base', '-1']
    const args = [
      ...inputArguments(this.path, input),
      ...['-filter_complex', filter],
      ...['-map', '[picture]', ...each, '-q:v', '3', '-f', 'image2', seriesUrl(this.temporary, `${name}%d.jpg`)],
      ...['-map', '[time]', ...each, '-f', 'framecrc', 'pipe:1'],
    ]
    const read = new FrameTimes((time) => {
      times.push(start + time)
      onPicture?.()
    })
    const timeLimitMs = RUN_LIMIT_MS + work * LIMIT_MS_PER_SECOND
    const memoryBytes = await memoryForFile(this.path, pixels ?? null)
    const run = { signal, timeLimitMs, memoryBytes, onStdout: read.add }
    await runFfmpeg(this.tools, args, run).catch((error: unknown) => {
      // Newer releases also fail when no frame is selected; an earlier part may have one.
      if (!isRefusal(error)) throw error
      this.#refusal = error
    })
    const made = (await readdir(this.temporary)).filter((file) => file.startsWith(name)).length
    return times.slice(0, made).map((time, index) => ({ time, file: join(this.temporary, `${name}${index + 1}.jpg`) }))
  }
}

/** The picture of the requested frame. */
function pictureFor(made: readonly MadePicture[], { frame }: PictureRequest): MadePicture | null {
  return (frame && made.find(({ time }) => time >= frame.from && time <= frame.until)) ?? null
}

/** The nearest one, when it is certain that none is nearer; else null. */
function nearest(made: readonly MadePicture[], time: number): MadePicture | null {
  const distance = (picture: MadePicture): number => Math.abs(picture.time - time)
  const best = made.reduce<MadePicture | null>((a, b) => (a && distance(a) <= distance(b) ? a : b), null)
  return best && distance(best) <= NEAR_SECONDS ? best : null
}
