import { writeFileSync } from 'node:fs'
import type { FrameIndex } from '../../contract/media/frame-index.ts'
import { JpegStream, pictureOf, type PictureOutput, withinAny } from '../media/index.ts'
import { FrameTimes } from '../../platform/ffmpeg/index.ts'
import { explainWriteFailure } from '../../platform/files/index.ts'

/** Where decoding may leave frames out, so far from a wanted frame one is decoded all the same: seconds. */
export const BESIDE_SECONDS = 0.1
const NOT_SELECTED_YET = 'isnan(prev_selected_t)'

/**
 * An expression for the filter `select` over the frames of one decoding.
 * @param begin time of its timestamp 0, seconds on the player's clock.
 */
export function selectPictures({ everySeconds, wanted }: PictureOutput, frames: FrameIndex, begin: number): string {
  const step = (time: string): string => `floor((${time}+${begin.toFixed(6)})/${everySeconds.toFixed(6)})`
  const spans = wanted.map((frame) => {
    const time = frames.timeOf(frame) - begin
    return { from: time - BESIDE_SECONDS, until: time + BESIDE_SECONDS }
  })
  return `${NOT_SELECTED_YET}+gt(${step('t')},${step('prev_selected_t')})+${withinAny(spans)}`
}

/** Joins the pictures and their times, which arrive through two pipes in the same order, and writes them down. */
export class PictureReader {
  readonly #jpegs: Buffer[] = []
  readonly #times: number[] = []

  /** @param frameAt the frame at a time of the decoding; null for one that is not wanted. */
  constructor(
    private readonly folder: string,
    private readonly frameAt: (time: number) => number | null,
    private readonly onPicture: (frame: number) => unknown,
  ) {}

  readonly jpegs = new JpegStream((jpeg) => {
    this.#jpegs.push(jpeg)
    this.#pair()
  }).add

  readonly times = new FrameTimes((time) => {
    this.#times.push(time)
    this.#pair()
  }).add

  #pair(): void {
    const ready = Math.min(this.#jpegs.length, this.#times.length)
    const times = this.#times.splice(0, ready)
    for (const [at, jpeg] of this.#jpegs.splice(0, ready).entries()) {
      const frame = this.frameAt(times[at] ?? 0)
      if (frame === null) continue
      this.#write(pictureOf(this.folder, frame), jpeg)
      this.onPicture(frame)
    }
  }

  #write(file: string, jpeg: Buffer): void {
    try {
      writeFileSync(file, jpeg)
    } catch (error) {
      throw explainWriteFailure(error, this.folder)
    }
  }
}
