import type { FrameIndex } from '../../contract/media/frame-index.ts'

/** A span of time that contains the beginning of some frames and of no others. */
export interface TimeSpan {
  readonly from: number
  readonly until: number
}

/** Decoders give frames at most this far from the time in the index, however far apart frames are. */
export const MOST_TIME_ERROR_SECONDS = 0.25
/** Before this, decoding begins at 0: for a seek to its first frames AVI gives the last ones. */
const FIRST_SEEK_SECONDS = 1

/** Where to seek in order to get the frame at a time: rounded down to the microsecond, since a seek never goes back. */
export function seekTo(seconds: number): number {
  return seconds < FIRST_SEEK_SECONDS ? 0 : Math.floor(seconds * 1e6) / 1e6
}

/** Seconds as ffmpeg takes them in arguments and expressions. */
export function micros(seconds: number): string {
  return seconds.toFixed(6)
}

/** From half of the time since the frame before until half of the time to the next. */
export function spanOf(index: FrameIndex, frame: number): TimeSpan {
  const time = index.timeOf(frame)
  const gap = frame > 0 ? time - index.timeOf(frame - 1) : Infinity
  return {
    from: time - Math.min(MOST_TIME_ERROR_SECONDS, gap / 2),
    until: time + Math.min(MOST_TIME_ERROR_SECONDS, (index.endOf(frame) - time) / 2),
  }
}

/**
 * An expression for ffmpeg's filter `select` that is true for exactly these frames.
 * @param frames ascending, all different.
 * @param startSeconds where decoding begins.
 */
export function selectExpression(index: FrameIndex, frames: readonly number[], startSeconds: number): string {
  const spans: { from: number; until: number }[] = []
  for (const [at, frame] of frames.entries()) {
    const { from, until } = spanOf(index, frame)
    const last = spans.at(-1)
    if (last && frames[at - 1] === frame - 1) last.until = until - startSeconds
    else spans.push({ from: from - startSeconds, until: until - startSeconds })
  }
  return withinAny(spans)
}

/** Most characters that a span adds to an expression: `if(lt(t,1234.567890),between(t,…,…),` */
export const CHARACTERS_PER_SPAN = 56

/**
 * An expression that is true for a time `t` within any of the spans, which ascend. A binary search: it is evaluated for every
 * frame, and thousands of spans then cost a dozen comparisons.
 */
export function withinAny(spans: readonly TimeSpan[]): string {
  const [only] = spans
  if (!only) return '0'
  if (spans.length === 1) return `between(t,${micros(only.from)},${micros(only.until)})`
  const middle = spans.length >> 1
  const at = spans[middle]?.from ?? 0
  return `if(lt(t,${micros(at)}),${withinAny(spans.slice(0, middle))},${withinAny(spans.slice(middle))})`
}
