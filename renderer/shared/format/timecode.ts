/** Hours, minutes, seconds and frames, each with two digits at least; a semicolon before the frames means drop-frame. */
function write(seconds: number, frames: number, separator: ':' | ';' = ':'): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':')
  return `${clock}${separator}${two(frames)}`
}

/** Times are rounded, by Matroska to milliseconds: one that was must not show the frame before. */
const ROUNDING_SECONDS = 0.0006
/** A rate is said with three digits. */
const SAID = 0.001

/** Frames that a second of timecode holds, for rates whose frames are counted: whole ones, and those of NTSC. Else null. */
export function countedRate(rate: number): number | null {
  const whole = Math.round(rate)
  const isCounted = Math.abs(rate - whole) < SAID || Math.abs(rate - whole / 1.001) < SAID
  return whole > 0 && isCounted ? whole : null
}

/** Whether drop-frame timecode exists for a rate: 29.97 and 59.94 frames a second, where it stays with the clock. */
export function hasDropFrame(rate: number): boolean {
  return [30, 60].some((whole) => Math.abs(rate - whole / 1.001) < SAID)
}

/** The timecode of a frame counted from 0. @param whole frames that a second of timecode holds. */
export function countedTimecode(frame: number, whole: number, dropFrame = false): string {
  const count = dropFrame ? withDropped(frame, whole) : frame
  return write(Math.floor(count / whole), count % whole, dropFrame ? ';' : ':')
}

/** The first two numbers (four at 59.94) of each minute are left out, but for every tenth minute. */
function withDropped(frame: number, whole: number): number {
  const dropped = whole / 15
  const minute = 60 * whole - dropped
  const tenMinutes = 10 * minute + dropped
  const rest = frame % tenMinutes
  const minutes = 9 * Math.floor(frame / tenMinutes) + Math.max(0, Math.floor((rest - dropped) / minute))
  return frame + dropped * minutes
}

/** The timecode of an instant, where frames are no whole number a second. @param rate of the frames within a second. */
export function timedTimecode(seconds: number, rate: number): string {
  const time = Math.max(0, seconds) + ROUNDING_SECONDS
  const second = Math.floor(time)
  return write(second, Math.floor((time - second) * rate))
}

/** `00:03:12:10`: hours, minutes, seconds, frames. */
export function timecode(seconds: number, frameRate: number, dropFrame = false): string {
  const whole = countedRate(frameRate)
  if (whole === null) return timedTimecode(seconds, frameRate)
  // A hundredth of a frame of tolerance: a time that was rounded must not show the frame before.
  const frame = Math.max(0, Math.floor(seconds * frameRate + 0.01))
  return countedTimecode(frame, whole, dropFrame && hasDropFrame(frameRate))
}
