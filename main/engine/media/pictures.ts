import { copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
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
import { type Colours, readColours } from './colours.ts'
import { micros, seekTo, selectExpression } from './frame-selection.ts'
import { pictureFilter } from './picture-filter.ts'
import { type PictureRequest, requestRuns } from './picture-requests.ts'

/** Where the pictures are written, and how large they are. */
export interface Pictures {
  /** Created when missing. A picture appears in it completely or not at all. */
  folder: string
  /** Path within `folder` of the picture at `times[index]`. */
  nameOf: (index: number) => string
  /** Pixels of the longer side, at most; pictures are never enlarged. */
  longSide?: number | undefined
  /** What the video's colours mean; read from the file when left out. */
  colours?: Colours | undefined
  /** The video's index: with it, only what is needed is decoded. The pictures are the same without. */
  frames?: FrameIndex
  /** Of one picture of the video; unknown is made for many. */
  pixels?: number | null | undefined
  signal?: AbortSignal | undefined
  onProgress?: ((fraction: number) => void) | undefined
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
  onPicture?: () => void
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

/**
 * Makes one JPEG for each time (seconds on the player's clock) of the nearest decodable frame, turned as displayed (AN-20).
 * Past the end, or where the file is damaged, that is the last one before it that decodes.
 * @returns the files, in the order of `times`.
 * @throws EngineError `media_failed` when not even an earlier frame decodes, `cancelled`.
 */
export async function makePictures(
  tools: FfmpegTools,
  path: string,
  times: readonly number[],
  pictures: Pictures,
): Promise<string[]> {
  await mkdir(pictures.folder, { recursive: true })
  const temporary = await mkdtemp(join(pictures.folder, '.making-'))
  let made = 0
  const report = (): void => {
    made += 1
    pictures.onProgress?.(Math.min(1, made / times.length))
  }
  try {
    const colours = pictures.colours ?? (await readColours(tools, path, pictures.signal))
    const maker = new PictureMaker(tools, path, temporary, pictures, colours, report)
    const files: string[] = []
    for (const run of requestRuns(times, pictures.frames)) {
      const before = made
      for (const [index, file] of await maker.make(run)) {
        files[index] = join(pictures.folder, pictures.nameOf(index))
        await rename(file, files[index])
      }
      while (made < before + run.length) report()
    }
    return files
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

class PictureMaker {
  #runs = 0
  #refusal: EngineError | null = null

  constructor(
    private readonly tools: FfmpegTools,
    private readonly path: string,
    private readonly temporary: string,
    private readonly pictures: Pictures,
    private readonly colours: Colours,
    private readonly report: () => void,
  ) {}

  /** One decode for all requests; then, one by one, those that need an earlier frame. */
  async make(requests: readonly PictureRequest[]): Promise<Map<number, string>> {
    const files = new Map<number, string>()
    const exact = this.pictures.frames ? await this.#decodeFrames(requests, this.pictures.frames) : []
    const missed = requests.filter((request) => !pictureFor(exact, request))
    const around: MadePicture[] = []
    for (const run of requestRuns(missed.map(({ time }) => time))) around.push(...(await this.#decodeAround(run)))
    for (const request of requests) {
      const made =
        pictureFor(exact, request) ?? nearest(around, request.time) ?? (await this.#lookBack(request.time, around))
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
  async #lookBack(time: number, made: readonly MadePicture[]): Promise<MadePicture> {
    const next = made.find((picture) => picture.time >= time)
    for (const back of LOOK_BACK_SECONDS) {
      const start = seekTo(time - back)
      const decoding = back > KEY_FRAMES_BEYOND_SECONDS ? ['-skip_frame', 'nokey'] : []
      const before = (await this.#run({ start, seconds: time - start, selection: '1', decoding }))
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
  async #decodeFrames(requests: readonly PictureRequest[], index: FrameIndex): Promise<MadePicture[]> {
    const frames = requests.flatMap(({ frame }) => frame ?? [])
    const [first, last] = [frames[0], frames.at(-1)]
    if (!first || !last) return []
    const start = seekTo(first.time)
    // Two times may have the same frame.
    const numbers = [...new Set(frames.map(({ number }) => number))]
    return await this.#run({
      start,
      seconds: last.until - start + NEAR_SECONDS,
      selection: selectExpression(index, numbers, start),
      count: numbers.length,
      work: last.time - first.decodedFrom,
      onPicture: this.report,
    })
  }

  /** Around the time of each request: the frames shortly before it, and the first one after. */
  #decodeAround(requests: readonly PictureRequest[]): Promise<MadePicture[]> {
    const start = seekTo((requests[0]?.time ?? 0) - NEAR_SECONDS)
    const selections = requests.map(({ time }) => {
      const [near, at] = [time - NEAR_SECONDS - start, time - start].map(micros)
      return `gte(t,${near})*(lt(t,${at})+isnan(prev_selected_t)+lt(prev_selected_t,${at}))`
    })
    return this.#run({
      start,
      seconds: (requests.at(-1)?.time ?? 0) - start + NEAR_SECONDS,
      selection: selections.join('+'),
    })
  }

  /** Pictures of the selected frames of a part of the file. */
  async #run({
    start,
    seconds,
    selection,
    count,
    decoding = [],
    work = 0,
    onPicture,
  }: DecoderCall): Promise<MadePicture[]> {
    const name = `${++this.#runs}-`
    const times: number[] = []
    const picture = pictureFilter(this.colours, this.pictures.longSide)
    const stream = pictureStream(this.pictures.frames?.stream)
    const filter = `[${stream}]select='${selection}',${picture},split[picture][time]`
    const seek = start > 0 ? ['-ss', micros(start)] : []
    const input = [...decoding, ...seek, '-t', micros(seconds)]
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
    const memoryBytes = await memoryForFile(this.path, this.pictures.pixels ?? null)
    const run = { signal: this.pictures.signal, timeLimitMs, memoryBytes, onStdout: read.add }
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
