import { timecode } from '../format/time.ts'

/** Rate that frames are counted and stepped by where a file does not say its own. */
export const FALLBACK_RATE = 25

/** When each frame is shown, seconds on the player's clock. The engine's frame index is one. */
export interface FrameClock {
  readonly count: number
  readonly isVariable: boolean
  readonly averageRate: number | null
  readonly timeOf: (frame: number) => number
  readonly endOf: (frame: number) => number
  readonly frameAt: (time: number) => number
}

/** What is believed of a video until its frame index is there: frames of one length from the start on. */
export function evenFrames(rate: number): FrameClock {
  return {
    count: Infinity,
    isVariable: false,
    averageRate: rate,
    timeOf: (frame) => frame / rate,
    endOf: (frame) => (frame + 1) / rate,
    // A hundredth of a frame of tolerance: a time that was rounded must not count as the frame before.
    frameAt: (time) => Math.max(0, Math.floor(time * rate + 0.01)),
  }
}

/**
 * An instant to seek to for a frame: in its middle, far from both its ends. Where a frame is held for long, half a usual
 * one behind its start: browsers take it to last no longer than that.
 */
export function insideFrame(clock: FrameClock, frame: number): number {
  const start = clock.timeOf(frame)
  const usual = 1 / (clock.averageRate ?? FALLBACK_RATE)
  return start + Math.min(clock.endOf(frame) - start, usual) / 2
}

/** The last instant worth seeking to: inside the last frame. At the very end of a file nothing may be shown. */
export function lastInstant(duration: number, frameRate: number): number {
  return Math.max(0, duration - 0.5 / frameRate)
}

/**
 * `00:03:12:10`: hours, minutes, seconds, and the frame on screen. Frames of one length are counted from the start of
 * the video, uneven ones from the start of their second.
 */
export function frameTimecode(clock: FrameClock, time: number, rate: number): string {
  const frame = clock.frameAt(time)
  if (!clock.isVariable) return timecode(frame / rate, rate)
  const second = Math.floor(clock.timeOf(frame) + 1e-6)
  const first = clock.frameAt(second)
  const inSecond = frame - (clock.timeOf(first) < second - 1e-6 ? first + 1 : first)
  return `${timecode(second, 1).slice(0, -2)}${String(inSecond).padStart(2, '0')}`
}
