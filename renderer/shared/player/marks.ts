import type { PlaybackState } from './playback-state.ts'

type Marks = Pick<PlaybackState, 'inPoint' | 'outPoint'>

/** The range with its first frame beginning at `inPoint`, seconds; an out point before it goes. */
export function withInPoint({ outPoint }: PlaybackState, inPoint: number): Marks {
  return { inPoint, outPoint: outPoint !== null && outPoint <= inPoint ? null : outPoint }
}

/** The range with its last frame ending at `end`, seconds, or with the video; an in point behind it goes. */
export function withOutPoint({ inPoint, duration }: PlaybackState, end: number): Marks {
  const outPoint = duration > 0 ? Math.min(duration, end) : end
  return { outPoint, inPoint: inPoint !== null && inPoint >= outPoint ? null : inPoint }
}
