import { join } from 'node:path'
import type { FrameIndex } from '../../contract/media/frame-index.ts'
import { spriteFrames, spriteOf } from './sprite.ts'

/** Pictures that are made of frames while the video is searched for cuts. */
export interface PictureOutput {
  /** Each picture is written there as `<frame>.jpg`. */
  readonly folder: string
  /** The filters that make a picture of a frame. */
  readonly filter: string
  /** One picture in each so many seconds. */
  readonly everySeconds: number
  /** Frames that are wanted, ascending: pictures also of the decoded frames next to them. */
  readonly wanted: readonly number[]
}

/** The file of a frame's picture. */
export function pictureOf(folder: string, frame: number): string {
  return join(folder, `${frame}.jpg`)
}

/** Up to this length all pictures are of exactly the frames that they stand for: decoding some again costs little. */
const EXACT_SECONDS = 20
/** Every scene of a second and more has one near its midpoint; in a video up to a minute long, nearer… */
const EVERY_SECONDS = 0.5
const SHORT_EVERY_SECONDS = 0.2
const SHORT_SECONDS = 60
/** …as long as they are not too many: some 25 KB each. */
const MOST_PICTURES = 4000

/**
 * Which pictures to make while the video is searched: from them come those of the scenes, and the cells of the sprite.
 * @returns null for a short video, whose pictures are made afterwards.
 */
export function picturesWhileSearching(
  video: { readonly durationSeconds: number; readonly width: number; readonly height: number },
  frames: FrameIndex,
  output: Pick<PictureOutput, 'folder' | 'filter'>,
): PictureOutput | null {
  const { durationSeconds } = video
  if (durationSeconds <= EXACT_SECONDS) return null
  const least = durationSeconds > SHORT_SECONDS ? EVERY_SECONDS : SHORT_EVERY_SECONDS
  const everySeconds = Math.max(least, durationSeconds / MOST_PICTURES)
  return { ...output, everySeconds, wanted: spriteFrames(video, spriteOf(video).count, frames) }
}
