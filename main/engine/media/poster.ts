import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FrameIndex } from '../../contract/media/frame-index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { isFlat, measurePictures } from './picture-quality.ts'
import { makePictures, type Pictures } from './pictures.ts'

/** Where to look, as shares of the duration: first after an opening from black, then on. */
const FIRST = 0.1
const OTHERS = [0.2, 0.35, 0.5, 0.03, 0.7] as const
/** A key frame so near, as a share of the duration, is taken instead: it alone has to be decoded. */
const NEAR = 0.03

/**
 * Makes the picture that stands for a video (AN-25): of the frame at about a tenth of it, or, where that one is black or of one
 * colour, of the first of some others that is not.
 * @throws EngineError as `makePictures` does.
 */
export async function makePoster(
  tools: FfmpegTools,
  path: string,
  durationSeconds: number,
  output: string,
  pictures: Pick<Pictures, 'frames' | 'pixels' | 'signal' | 'longSide'>,
): Promise<void> {
  await mkdir(dirname(output), { recursive: true })
  const folder = await mkdtemp(join(dirname(output), '.poster-'))
  try {
    const timeNear = (share: number): number => keyTimeNear(pictures.frames, durationSeconds * share, durationSeconds)
    const make = async (share: number): Promise<{ file: string; isFlat: boolean }> => {
      const made = await makePictures(tools, path, [timeNear(share)], {
        ...{ ...pictures, folder, nameOf: () => `${share}.jpg` },
      })
      const [quality] = await measurePictures(tools, made, pictures.signal)
      return { file: made[0] ?? '', isFlat: quality === undefined || isFlat(quality) }
    }
    const first = await make(FIRST)
    let best = first
    for (const share of first.isFlat ? OTHERS : []) {
      const other = await make(share)
      if (other.isFlat) continue
      best = other
      break
    }
    await rename(best.file, output)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The time of the nearest key frame, where there is one near; else the time itself. */
function keyTimeNear(frames: FrameIndex | undefined, time: number, durationSeconds: number): number {
  let best = Infinity
  for (const key of frames?.keys() ?? []) {
    const at = frames?.timeOf(key) ?? Infinity
    if (Math.abs(at - time) < Math.abs(best - time)) best = at
    else if (at > time) break
  }
  return Math.abs(best - time) <= NEAR * durationSeconds ? best : time
}
