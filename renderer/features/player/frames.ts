/** Rate that frames are counted and stepped by where a file does not say its own. */
export const FALLBACK_RATE = 25

/** An instant inside the frame that begins at `start`, far from both its ends: seeking there shows exactly this frame. */
export function insideFrame(start: number, frameRate: number): number {
  return start + 0.5 / frameRate
}

export interface Position {
  /** Where the player is or is going, seconds. */
  readonly time: number
  /** When the frame on screen begins, seconds; null before there is one. */
  readonly shown: number | null
}

/**
 * Where to seek to be `count` frames further (or back, when negative).
 * Counted from the frame on screen, because its true start corrects an average rate; from the goal of the last seek
 * where that frame has not come yet, so that a held key does not lose steps.
 */
export function frameStep({ time, shown }: Position, count: number, frameRate: number): number {
  const behind = shown === null ? -1 : time - shown
  const isShown = behind >= 0 && behind < 1.2 / frameRate
  const middle = isShown && shown !== null ? insideFrame(shown, frameRate) : time
  return middle + count / frameRate
}

/** The last instant worth seeking to: inside the last frame. At the very end of a file nothing may be shown. */
export function lastInstant(duration: number, frameRate: number): number {
  return Math.max(0, duration - 0.5 / frameRate)
}
