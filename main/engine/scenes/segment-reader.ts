import type { FrameIndex } from '../../contract/media/frame-index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { type PictureRead, readAnalysisFrames } from './analysis-frames.ts'
import type { PictureOutput } from '../media/index.ts'
import { PictureReader, selectPictures } from './decoded-pictures.ts'
import type { AnalysisFrame } from './detector.ts'
import { beginOf, type Segment } from './segment.ts'

/** A video whose segments are read. */
export interface SegmentReading {
  tools: FfmpegTools
  path: string
  frames: FrameIndex
  /** Of one frame; unknown counts as many. */
  pixels?: number | undefined
  signal?: AbortSignal | undefined
  silenceLimitMs?: number | undefined
  /** Called for every decoded frame, with the requested segment. */
  onDecoded?: ((segment: Segment, frame: number) => void) | undefined
}

export interface SegmentDecoding {
  threads: number
  onlyReferences: boolean
  /** Which frames are kept; all when left out. */
  isNeeded?: (frame: number) => boolean
  /** Pictures of some of the frames. */
  pictures?: (PictureOutput & { readonly onPicture: (frame: number) => unknown }) | undefined
}

/** Seconds by which a decoded frame's time may differ from the index. */
const MOST_OFF = 0.002

/** The decoder's frames do not match the index: this video cannot be read in segments. */
export class IndexMismatch extends Error {}

/**
 * Decodes frames [from, to), small, beginning with the key frame before them.
 * @returns the frames, numbered by the index.
 * @throws IndexMismatch, EngineError `media_failed`, `cancelled`.
 */
export async function readSegment(
  { tools, path, frames, pixels: size, signal, silenceLimitMs, onDecoded }: SegmentReading,
  segment: Segment,
  { threads, onlyReferences, isNeeded, pictures: output }: SegmentDecoding,
): Promise<AnalysisFrame[]> {
  const read: AnalysisFrame[] = []
  const key = frames.keyBefore(segment.from)
  let last = -1
  let count = 0
  const take = (time: number, pixels: Uint8Array): boolean => {
    const index = frames.nearestTo(time)
    if (Math.abs(frames.timeOf(index) - time) > MOST_OFF) throw new IndexMismatch()
    if (index >= segment.to) return false
    if (index < key) return true
    // The frame that decoding begins with is never left out, and without `onlyReferences` no frame is.
    const isNext = last === -1 ? index === key : onlyReferences ? index > last : index === last + 1
    if (!isNext) throw new IndexMismatch()
    last = index
    onDecoded?.(segment, index)
    if (index < segment.from) return true
    count++
    if (!isNeeded || isNeeded(index)) read.push({ index, time: frames.timeOf(index), pixels })
    return true
  }
  const from = key === 0 ? 0 : frames.timeOf(key)
  const to = segment.to < frames.count ? (frames.timeOf(segment.to - 1) + frames.timeOf(segment.to)) / 2 : undefined
  const pictures = output && pictureRead(frames, segment, beginOf(from), output)
  const range = { from, to, pictures }
  await readAnalysisFrames(tools, path, take, {
    ...{ threads, onlyReferences, signal, silenceLimitMs, pixels: size, stream: frames.stream, ...range },
  })
  if (count === 0 || (!onlyReferences && last !== segment.to - 1)) throw new IndexMismatch()
  return read
}

function pictureRead(
  frames: FrameIndex,
  { from, to }: Segment,
  begin: number,
  output: NonNullable<SegmentDecoding['pictures']>,
): PictureRead {
  const frameAt = (time: number): number | null => {
    const frame = frames.nearestTo(begin + time)
    return frame >= from && frame < to ? frame : null
  }
  const reader = new PictureReader(output.folder, frameAt, output.onPicture)
  return {
    filter: (start) => `select='${selectPictures(output, frames, start)}',${output.filter}`,
    onJpegs: reader.jpegs,
    onTimes: reader.times,
  }
}
