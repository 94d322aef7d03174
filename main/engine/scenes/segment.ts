import type { FrameIndex } from '../../contract/media/frame-index.ts'

/** Frames [from, to) of a video; a decoder can begin with the first of them. */
export interface Segment {
  readonly from: number
  readonly to: number
}

/** Shorter segments are not worth another decoder. */
const LEAST_SECONDS = 20
/** Share of the video in one segment: small, so that decoders finish at about the same time. */
const SHARE = 1 / 10
/** The small frames of a segment wait in memory for their turn: so many seconds of them are some megabytes. */
const MOST_SECONDS = 120

/** Splits a video at key frames into segments that can be decoded in parallel, the same on every machine (AN-12). */
export function segmentsOf(frames: FrameIndex): Segment[] {
  const duration = frames.timeOf(frames.count - 1) - frames.timeOf(0)
  const target = Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, duration * SHARE))
  const starts = [0]
  let next = frames.timeOf(0) + target
  for (let frame = 1; frame < frames.count; frame++) {
    if (!frames.isKey(frame) || frames.timeOf(frame) < next) continue
    starts.push(frame)
    next = frames.timeOf(frame) + target
  }
  return starts.map((from, index) => ({ from, to: starts[index + 1] ?? frames.count }))
}

/** A seek to slightly after a frame's time finds that frame, despite rounding. */
const SEEK_AFTER_SECONDS = 0.0005

/** Where the timestamps of a decoding begin that begins with the key frame at `from`, seconds on the player's clock. */
export function beginOf(from: number): number {
  return from > 0 ? from + SEEK_AFTER_SECONDS : 0
}
