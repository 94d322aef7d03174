import type { FrameIndex } from '../../contract/media/frame-index.ts'

/** Frames [from, to) of a video; a decoder can begin with the first of them. */
export interface Segment {
  readonly from: number
  readonly to: number
}

/** A shorter video is not worth a second decoder. */
const LEAST_SECONDS = 30
/** Of one segment: what it takes longer to come to its end than the others is lost. */
const SHARE = 1 / 5
/** The small pictures of a segment wait for their turn in memory; so many seconds of them are some megabytes. */
const MOST_SECONDS = 120

/**
 * Cuts a video at key frames into parts that can be decoded side by side. Where depends on the video alone, not on the
 * machine (AN-12).
 */
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
