import { copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { EngineError } from '../../contract/errors.ts'
import type { FrameIndex } from '../../contract/media/frame-index.ts'
import {
  FrameTimes,
  inputArguments,
  isRefusal,
  memoryForFile,
  runFfmpeg,
  seriesUrl,
  type FfmpegTools,
} from '../../platform/ffmpeg/index.ts'
import { runsOf, type Shot } from './picture-runs.ts'

/** Where pictures go and how large they are. */
export interface Pictures {
  /** Made when missing. A picture appears in it whole or not at all. */
  folder: string
  /** Path within `folder` of the picture at `times[index]`. */
  nameOf: (index: number) => string
  /** Pixels of the longer side, at most; pictures are never enlarged. */
  longSide?: number
  /** The video's index: with it nothing is decoded that no picture needs. The pictures are the same without. */
  frames?: FrameIndex
  /** Of one picture of the video; unknown is taken for many. */
  pixels?: number | null | undefined
  signal?: AbortSignal | undefined
  onProgress?: ((fraction: number) => void) | undefined
}

interface Taken {
  time: number
  file: string
}

/** One call of ffmpeg. */
interface Stretch {
  /** Where it begins, and how much of the file it may look at, in seconds. */
  start: number
  seconds: number
  /** Expression that is true for the frames to take. */
  chosen: string
  /** How many those are, when that is certain: the decoder stops with the last of them. */
  count?: number
  decoding?: readonly string[]
  /** Seconds of video to decode on the way, beyond which a decoder counts as stuck. */
  work?: number
  onPicture?: () => void
}

const LONG_SIDE = 480
/** Frames this close before a time are looked at too: one of them may be nearer than the next. */
const NEAR_SECONDS = 0.25
/** Nearer to the start than this, decoding begins there: AVI answers a seek to its first frames with its last ones. */
const FIRST_SEEK_SECONDS = 1
/** How far to look back, in turn, where nothing decodes at the time itself. */
const LOOK_BACK_SECONDS = [0.5, 2, 8, 60, 600, 6000, Infinity]
/** Further than this only key frames are decoded. */
const KEY_FRAMES_BEYOND_SECONDS = 8
/** A stuck decoder is ended; a good one needs a fraction of this, even for 4K… */
const RUN_LIMIT_MS = 120_000
/** …and this much more for each second of video on the way from the last key frame. */
const LIMIT_MS_PER_SECOND = 3000

/**
 * Makes one JPEG a time (seconds on the player's clock) of the nearest frame by presentation time, turned as
 * displayed (AN-20); past the end, or where the file is damaged, that is the last one before it that decodes.
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
  const tell = (): void => {
    made += 1
    pictures.onProgress?.(Math.min(1, made / times.length))
  }
  const maker = new PictureMaker(tools, path, temporary, pictures, tell)
  try {
    const files: string[] = []
    for (const run of runsOf(times, pictures.frames)) {
      const before = made
      for (const [index, file] of await maker.take(run)) {
        files[index] = join(pictures.folder, pictures.nameOf(index))
        await rename(file, files[index])
      }
      while (made < before + run.length) tell()
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
    private readonly tell: () => void,
  ) {}

  /** One decode for all of `shots`; then, one by one, those that need to look further back. */
  async take(shots: readonly Shot[]): Promise<Map<number, string>> {
    const files = new Map<number, string>()
    const exact = await this.#decodeFrames(shots)
    const missed = shots.filter((shot) => !takenFor(exact, shot))
    const around: Taken[] = []
    for (const run of runsOf(missed.map(({ time }) => time))) around.push(...(await this.#decodeAround(run)))
    for (const shot of shots) {
      const taken = takenFor(exact, shot) ?? nearest(around, shot.time) ?? (await this.#lookBack(shot.time, around))
      files.set(shot.index, await this.#own(taken, files))
    }
    return files
  }

  /** Two times may meet one frame; each gets its own file. */
  async #own({ file }: Taken, files: ReadonlyMap<number, string>): Promise<string> {
    if (![...files.values()].includes(file)) return file
    const copy = join(this.temporary, `${++this.#runs}-copy.jpg`)
    await copyFile(file, copy)
    return copy
  }

  /** Frames are far apart here, or the rest of the file gives none. */
  async #lookBack(time: number, taken: readonly Taken[]): Promise<Taken> {
    const next = taken.find((picture) => picture.time >= time)
    for (const back of LOOK_BACK_SECONDS) {
      const start = startBefore(time - back)
      const decoding = back > KEY_FRAMES_BEYOND_SECONDS ? ['-skip_frame', 'nokey'] : []
      const before = (await this.#run({ start, seconds: time - start, chosen: '1', decoding }))
        .filter((picture) => picture.time <= time)
        .at(-1)
      if (before) return next && next.time - time < time - before.time ? next : before
      if (next && next.time - time <= back) return next
    }
    if (next) return next
    const message = `No picture could be read at ${time.toFixed(2)} s.`
    throw this.#refusal ?? new EngineError('media_failed', message)
  }

  /** The very frames that the index names; those of them that decode. */
  #decodeFrames(shots: readonly Shot[]): Promise<Taken[]> {
    const spans = shots.flatMap(({ frame }) => frame ?? [])
    const [first, last] = [spans[0], spans.at(-1)]
    if (!first || !last) return Promise.resolve([])
    // Down to a microsecond that no release takes for one after the frame.
    const start = startBefore(Math.floor(first.time * 1e6) / 1e6)
    // Two times may meet one frame.
    const apart = spans.filter(({ time }, at) => time !== spans[at - 1]?.time)
    return this.#run({
      start,
      seconds: last.until - start + NEAR_SECONDS,
      chosen: apart.map(({ from, until }) => `between(t,${micros(from - start)},${micros(until - start)})`).join('+'),
      count: apart.length,
      work: last.time - first.decodedFrom,
      onPicture: this.tell,
    })
  }

  /** Around the time of each shot: the frames shortly before it, and the first one after. */
  #decodeAround(shots: readonly Shot[]): Promise<Taken[]> {
    const start = startBefore((shots[0]?.time ?? 0) - NEAR_SECONDS)
    const chosen = shots.map(({ time }) => {
      const [near, at] = [time - NEAR_SECONDS - start, time - start].map(micros)
      return `gte(t,${near})*(lt(t,${at})+isnan(prev_selected_t)+lt(prev_selected_t,${at}))`
    })
    return this.#run({ start, seconds: (shots.at(-1)?.time ?? 0) - start + NEAR_SECONDS, chosen: chosen.join('+') })
  }

  /** Pictures of the chosen frames of a stretch of the file. */
  async #run({ start, seconds, chosen, count, decoding = [], work = 0, onPicture }: Stretch): Promise<Taken[]> {
    const name = `${++this.#runs}-`
    const times: number[] = []
    const scale = scaleTo(this.pictures.longSide ?? LONG_SIDE)
    const filter = `[0:V:0]select='${chosen}',${scale},format=yuvj420p,split[picture][time]`
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
      // Newer releases also fail when a stretch holds no picture; there may be some further back.
      if (!isRefusal(error)) throw error
      this.#refusal = error
    })
    const made = (await readdir(this.temporary)).filter((file) => file.startsWith(name)).length
    return times.slice(0, made).map((time, index) => ({ time, file: join(this.temporary, `${name}${index + 1}.jpg`) }))
  }
}

/** Not before the file begins: a shot may ask for a little earlier. */
function startBefore(seconds: number): number {
  return seconds < FIRST_SEEK_SECONDS ? 0 : seconds
}

function micros(seconds: number): string {
  return seconds.toFixed(6)
}

/** The picture of the shot's own frame. */
function takenFor(taken: readonly Taken[], { frame }: Shot): Taken | null {
  return (frame && taken.find(({ time }) => time >= frame.from && time <= frame.until)) ?? null
}

/** The nearest one, when it is certain that none is nearer; null when it must be looked for. */
function nearest(taken: readonly Taken[], time: number): Taken | null {
  const distance = (picture: Taken): number => Math.abs(picture.time - time)
  const best = taken.reduce<Taken | null>((a, b) => (a && distance(a) <= distance(b) ? a : b), null)
  return best && distance(best) <= NEAR_SECONDS ? best : null
}

/** Square pixels first, then the longer side to `pixels`, never up. */
function scaleTo(pixels: number): string {
  const fit = `w='min(${pixels},iw)':h='min(${pixels},ih)':force_original_aspect_ratio=decrease`
  // A side so short that nothing would be left of it is stretched first: walls of lights are 4000×4.
  const [width, height] = [`trunc(iw*max(sar,1))`, `trunc(ih/min(sar,1))`]
  const square = `scale=w='max(max(1,ceil(ih/${pixels})),${width})':h='max(max(1,ceil(iw/${pixels})),${height})'`
  return `${square},setsar=1,scale=${fit}:flags=area`
}
