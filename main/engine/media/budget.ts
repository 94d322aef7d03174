import { EngineError } from '../../contract/errors.ts'
import { MOST_PIXELS } from '../../platform/ffmpeg/index.ts'
import type { FfprobeAnswer, Stream } from './ffprobe-answer.ts'

/** Broadcast recordings have some dozens; more are made on purpose. */
export const MOST_STREAMS = 128
/** Pixels of the longer side. */
export const MOST_SIDE = 16_384
/** Two days at 60 frames a second. Its index takes about a hundred megabytes of memory. */
export const MOST_FRAMES = 10_000_000
/** Frames may share bytes of the file, which no camera does: their sizes may add up to at most so many times the file. */
const MOST_REUSE = 4
/** Files up to this size are always read. */
const ALWAYS_READ_BYTES = 4 * 1024 * 1024

interface Sized {
  readonly width?: number | null | undefined
  readonly height?: number | null | undefined
}

/** Pixels of one frame; null when unknown. */
export function pixelsOf({ width, height }: Sized): number | null {
  return width && height ? width * height : null
}

/** @throws EngineError `invalid_video`. */
export function assertFewStreams({ streams }: FfprobeAnswer): void {
  if (streams.length <= MOST_STREAMS) return
  throw tooMuch(`This file holds ${streams.length} streams. Fieldreel reads up to ${MOST_STREAMS}.`)
}

/** @throws EngineError `invalid_video` with what is too much. */
export function assertWithinBudget(video: Stream): void {
  const { width = 0, height = 0, nb_frames: frames = 0 } = video
  assertPictureSize(width, height)
  if (frames > MOST_FRAMES) throw tooManyFrames(frames)
}

/** @throws EngineError `invalid_video`. */
export function assertPictureSize(width: number, height: number): void {
  if (Math.max(width, height) > MOST_SIDE || width * height > MOST_PIXELS) {
    const most = `${MOST_PIXELS / 1e6} megapixels and ${MOST_SIDE} pixels a side`
    throw tooMuch(`The picture of this video is ${width}×${height}. Fieldreel reads up to ${most}.`)
  }
}

export function tooManyFrames(frames: number): EngineError {
  const [claimed, most] = [frames, MOST_FRAMES].map((count) => `${(count / 1e6).toFixed(1)} million`)
  return tooMuch(`This file claims ${claimed} frames. Fieldreel reads up to ${most}.`)
}

/**
 * Limits a listing of packets: a file of 12 MB can refer to the same bytes three million times, and each time they would be
 * decoded.
 */
export class ListingBudget {
  readonly #fileBytes: number
  #frames = 0
  #bytes = 0

  /** @param fileBytes size of the file. */
  constructor(fileBytes: number) {
    this.#fileBytes = fileBytes
  }

  /** @throws EngineError `invalid_video`. */
  add(frameBytes: number): void {
    this.#frames += 1
    this.#bytes += frameBytes
    if (this.#frames > MOST_FRAMES) throw tooManyFrames(this.#frames)
    if (this.#bytes > MOST_REUSE * this.#fileBytes + ALWAYS_READ_BYTES) {
      throw tooMuch('This file uses the same bytes for many different frames. No camera writes that.')
    }
  }
}

function tooMuch(message: string): EngineError {
  return new EngineError('invalid_video', message, { tooMuch: true })
}
