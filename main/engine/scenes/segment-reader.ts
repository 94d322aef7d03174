import type { FrameIndex } from '../../contract/media/frame-index.ts'
import type { FfmpegTools } from '../../platform/ffmpeg/index.ts'
import { readAnalysisFrames } from './analysis-frames.ts'
import type { AnalysisFrame } from './detector.ts'
import { keyBefore, type Segment } from './segment.ts'

/** A video to read parts of. */
export interface SegmentReading {
  tools: FfmpegTools
  path: string
  frames: FrameIndex
  /** Of one picture; unknown is taken for many. */
  pixels?: number | undefined
  signal?: AbortSignal | undefined
  silenceLimitMs?: number | undefined
  /** Called for every frame that came out of a decoder, with the part of the video that was asked for. */
  onDecoded?: ((segment: Segment, frame: number) => void) | undefined
}

export interface SegmentDecoding {
  threads: number
  onlyReferences: boolean
  /** Frames that are kept, when not all are. */
  wanted?: (frame: number) => boolean
}

/** Seconds that a decoded frame may be away from where the index has it. */
const MOST_OFF = 0.002

/** What the decoder gives is not what the index says: nothing may be told from parts of this video. */
export class IndexMismatch extends Error {}

/**
 * Decodes frames [from, to), small, beginning with the key frame before them.
 * @returns the frames, numbered by the index.
 * @throws IndexMismatch, EngineError `media_failed`, `cancelled`.
 */
export async function readSegment(
  { tools, path, frames, pixels: size, signal, silenceLimitMs, onDecoded }: SegmentReading,
  segment: Segment,
  { threads, onlyReferences, wanted }: SegmentDecoding,
): Promise<AnalysisFrame[]> {
  const read: AnalysisFrame[] = []
  const key = keyBefore(frames, segment.from)
  let last = -1
  let count = 0
  const take = (time: number, pixels: Uint8Array): boolean => {
    const index = frames.nearestTo(time)
    if (Math.abs(frames.timeOf(index) - time) > MOST_OFF) throw new IndexMismatch()
    if (index >= segment.to) return false
    if (index < key) return true
    // Whatever is left out, the frame that decoding begins with is not; and when nothing is, each has its turn.
    const isNext = last === -1 ? index === key : onlyReferences ? index > last : index === last + 1
    if (!isNext) throw new IndexMismatch()
    last = index
    onDecoded?.(segment, index)
    if (index < segment.from) return true
    count++
    if (!wanted || wanted(index)) read.push({ index, time: frames.timeOf(index), pixels })
    return true
  }
  const from = key === 0 ? undefined : frames.timeOf(key)
  await readAnalysisFrames(tools, path, take, { threads, onlyReferences, signal, silenceLimitMs, from, pixels: size })
  if (count === 0 || (!onlyReferences && last !== segment.to - 1)) throw new IndexMismatch()
  return read
}
