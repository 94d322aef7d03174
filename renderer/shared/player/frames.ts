import { countedRate, countedTimecode, hasDropFrame, timecode, timedTimecode } from '../format/timecode.ts'

/** Rate that frames are counted and stepped by where a file does not say its own. */
export const FALLBACK_RATE = 25

/** When each frame is shown, seconds on the player's clock. The engine's frame index is one. */
export interface FrameClock {
  readonly count: number
  readonly isVariable: boolean
  readonly averageRate: number | null
  /** Frames a second of uneven frames where they come fastest; null for a single frame. */
  readonly nominalRate: number | null
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
    nominalRate: rate,
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

/** A picture that begins later than this, after sound or subtitles, is not counted from its own first frame, seconds. */
const LATE_SECONDS = 0.1

/**
 * `00:03:12:10`: hours, minutes, seconds, and the frame on screen. Frames of one length are counted; uneven ones, and those
 * that come at no whole rate, are said by their time.
 */
export function frameTimecode(clock: FrameClock, time: number, rate: number, dropFrame = false): string {
  const frame = clock.frameAt(time)
  return timecodeAt(clock, { frame, time: clock.timeOf(frame) }, rate, dropFrame)
}

/** Where the video ends, as timecode: the end of its last frame. */
export function endTimecode(clock: FrameClock, duration: number, rate: number, dropFrame = false): string {
  if (!Number.isFinite(clock.count)) return timecode(duration, rate, dropFrame)
  return timecodeAt(clock, { frame: clock.count, time: clock.endOf(clock.count - 1) }, rate, dropFrame)
}

function timecodeAt(clock: FrameClock, at: { frame: number; time: number }, rate: number, dropFrame: boolean): string {
  if (clock.isVariable) return timedTimecode(at.time, nominalRate(clock, rate))
  const whole = countedRate(rate)
  if (whole === null) return timedTimecode(at.time, rate)
  const first = clock.timeOf(0)
  const before = first > LATE_SECONDS ? Math.floor(first * rate + 0.01) : 0
  return countedTimecode(before + at.frame, whole, dropFrame && hasDropFrame(rate))
}

/** Rounded, as rates are named; slower than a frame a second there is none to number. */
function nominalRate({ nominalRate: nominal }: FrameClock, rate: number): number {
  return Math.max(1, Math.round(nominal ?? rate))
}
