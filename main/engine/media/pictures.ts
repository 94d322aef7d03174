import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { inOrder } from '../../base/in-order.ts'
import type { FrameIndex } from '../../contract/media/frame-index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { type Colours, readColours } from './colours.ts'
import { PictureMaker } from './picture-maker.ts'
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

/** Two decoders of larger frames would take too much memory. */
const MOST_PIXELS_OF_TWO = 1280 * 720
const MOST_THREADS = 4

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
  const report = (count: number): void => {
    made += count
    pictures.onProgress?.(Math.min(1, made / times.length))
  }
  try {
    const colours = pictures.colours ?? (await readColours(tools, path, pictures.signal))
    const runs = requestRuns(times, pictures.frames, pictures.pixels)
    const { parallel, threads } = decodersFor(runs.length, pictures.pixels)
    const maker = new PictureMaker(tools, path, temporary, { ...pictures, colours, threads })
    const files: string[] = []
    const work = async (run: readonly PictureRequest[], signal: AbortSignal) => {
      let early = 0
      const onPicture = (): void => {
        early += 1
        report(1)
      }
      const named = await maker.make(run, { signal, onPicture })
      report(run.length - early)
      return named
    }
    await inOrder(runs, { parallel, signal: pictures.signal }, work, async (named) => {
      for (const [index, file] of named) {
        files[index] = join(pictures.folder, pictures.nameOf(index))
        await rename(file, files[index])
      }
    })
    return files
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

/** Two decoders at a time where there are several runs: each has full-size frames in memory (AN-17). */
function decodersFor(runs: number, pixels: number | null | undefined): { parallel: number; threads?: number } {
  const cores = Math.min(MOST_THREADS, availableParallelism())
  if (runs < 2 || cores < 2 || (pixels ?? Infinity) > MOST_PIXELS_OF_TWO) return { parallel: 1 }
  return { parallel: 2, threads: Math.floor(cores / 2) }
}
