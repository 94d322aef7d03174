import { copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { EngineError } from '../../contract/errors.ts'
import {
  FrameTimes,
  inputArguments,
  isRefusal,
  runFfmpeg,
  seriesUrl,
  type FfmpegTools,
} from '../../platform/ffmpeg/index.ts'

/** Where pictures go and how large they are. */
export interface Pictures {
  /** Made when missing. A picture appears in it whole or not at all. */
  folder: string
  /** File name, without a path, of the picture at `times[index]`. */
  nameOf: (index: number) => string
  /** Pixels of the longer side, at most; pictures are never enlarged. */
  longSide?: number
  /** Decode for small pictures, and take the frame after a time even when the one before is nearer. */
  rough?: boolean
  signal?: AbortSignal | undefined
  onProgress?: ((fraction: number) => void) | undefined
}

interface Shot {
  index: number
  time: number
}

interface Taken {
  time: number
  file: string
}

const LONG_SIDE = 480
/** Decoding on is cheaper than a new seek up to about this gap: files have a key frame every few seconds. */
const DENSE_GAP_SECONDS = 4
/** ffmpeg's expressions get slow when long. */
const MOST_IN_A_RUN = 32
/** Frames this close before a time are looked at too: one of them may be nearer than the next. */
const NEAR_SECONDS = 0.25
/** Nearer to the start than this, decoding begins there: AVI answers a seek to its first frames with its last ones. */
const FIRST_SEEK_SECONDS = 1
/** How far to look back, in turn, where nothing decodes at the time itself. */
const LOOK_BACK_SECONDS = [0.5, 2, 8, 60, 600, 6000, Infinity]
/** Further than this only key frames are decoded. */
const KEY_FRAMES_BEYOND_SECONDS = 8
/** A stuck decoder is ended; a good one needs a fraction of this, even for 4K. */
const RUN_LIMIT_MS = 120_000

/**
 * Makes one JPEG a time (seconds on the player's clock) of the "nearest decodable frame … by pts, display matrix
 * applied"; past the end, or where the file is damaged, that is the last one before it that decodes.
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
  const maker = new PictureMaker(tools, path, temporary, pictures)
  try {
    const files: string[] = []
    for (const run of runsOf(times)) {
      for (const [index, file] of await maker.take(run)) {
        files[index] = join(pictures.folder, pictures.nameOf(index))
        await rename(file, files[index])
      }
      pictures.onProgress?.(Object.keys(files).length / times.length)
    }
    return files
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

/** Times in order, cut where a seek is cheaper than decoding on. */
export function runsOf(times: readonly number[]): Shot[][] {
  const runs: Shot[][] = []
  const shots = times.map((time, index) => ({ time: Math.max(0, time), index })).sort((a, b) => a.time - b.time)
  for (const shot of shots) {
    const run = runs.at(-1)
    const before = run?.at(-1)
    const joins = before && shot.time - before.time <= DENSE_GAP_SECONDS && (run?.length ?? 0) < MOST_IN_A_RUN
    if (joins) run?.push(shot)
    else runs.push([shot])
  }
  return runs
}

class PictureMaker {
  #runs = 0
  #refusal: EngineError | null = null
  readonly #near: number
  readonly #decoding: readonly string[]

  constructor(
    private readonly tools: FfmpegTools,
    private readonly path: string,
    private readonly temporary: string,
    private readonly pictures: Pictures,
  ) {
    this.#near = pictures.rough ? 0 : NEAR_SECONDS
    this.#decoding = pictures.rough ? ['-skip_loop_filter', 'all'] : []
  }

  /** One decode for all of `shots`; then, one by one, those that need to look further back. */
  async take(shots: readonly Shot[]): Promise<Map<number, string>> {
    const files = new Map<number, string>()
    const taken = await this.#decode(shots.map((shot) => shot.time))
    for (const { index, time } of shots) {
      files.set(index, await this.#own(nearest(taken, time) ?? (await this.#lookBack(time, taken)), files))
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
      const before = (await this.#run(start, time - start, '1', decoding))
        .filter((picture) => picture.time <= time)
        .at(-1)
      if (before) return next && next.time - time < time - before.time ? next : before
      if (next && next.time - time <= back) return next
    }
    if (next) return next
    const message = `No picture could be read at ${time.toFixed(2)} s.`
    throw this.#refusal ?? new EngineError('media_failed', message)
  }

  /** Around each of `times`, which are in order: the frames shortly before it, and the first one after. */
  #decode(times: readonly number[]): Promise<Taken[]> {
    const start = startBefore((times[0] ?? 0) - this.#near)
    const chosen = times.map((time) => {
      const [near, at] = [time - this.#near - start, time - start].map((seconds) => seconds.toFixed(6))
      return `gte(t,${near})*(lt(t,${at})+isnan(prev_selected_t)+lt(prev_selected_t,${at}))`
    })
    return this.#run(start, (times.at(-1) ?? 0) - start + NEAR_SECONDS, chosen.join('+'))
  }

  /** Pictures of the `chosen` frames of a stretch of the file. */
  async #run(start: number, seconds: number, chosen: string, decoding = this.#decoding): Promise<Taken[]> {
    const name = `${++this.#runs}-`
    const times: number[] = []
    const scale = scaleTo(this.pictures.longSide ?? LONG_SIDE)
    const filter = `[0:V:0]select='${chosen}',${scale},format=yuvj420p,split[picture][time]`
    const seek = start > 0 ? ['-ss', start.toFixed(6)] : []
    const input = [...decoding, ...seek, '-t', seconds.toFixed(6)]
    const args = [
      ...inputArguments(this.path, input),
      ...['-filter_complex', filter],
      ...['-map', '[picture]', ...this.tools.keepFrameTimes, '-enc_time_base', '-1', '-q:v', '3', '-f', 'image2'],
      seriesUrl(this.temporary, `${name}%d.jpg`),
      ...['-map', '[time]', ...this.tools.keepFrameTimes, '-enc_time_base', '-1', '-f', 'framecrc', 'pipe:1'],
    ]
    const read = new FrameTimes((time) => times.push(start + time))
    const run = { signal: this.pictures.signal, timeLimitMs: RUN_LIMIT_MS, onStdout: read.add }
    await runFfmpeg(this.tools, args, run).catch((error: unknown) => {
      // Newer releases also fail when a stretch holds no picture; there may be some further back.
      if (!isRefusal(error)) throw error
      this.#refusal = error
    })
    const made = (await readdir(this.temporary)).filter((file) => file.startsWith(name)).length
    return times.slice(0, made).map((time, index) => ({ time, file: join(this.temporary, `${name}${index + 1}.jpg`) }))
  }
}

function startBefore(seconds: number): number {
  return seconds < FIRST_SEEK_SECONDS ? 0 : seconds
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
  return `scale=w='max(1,trunc(iw*max(sar,1)))':h='max(1,trunc(ih/min(sar,1)))',setsar=1,scale=${fit}:flags=area`
}
