import { partitionPoint } from '../../../main/contract/index.ts'

/** A half-open stretch of time, seconds. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** Positions come rounded to microseconds: without this the first frame of a scene could count as the one before. */
const ROUNDING = 0.001

/** Index of the scene that holds `time`, -1 when there are none. `starts` ascend. */
export function sceneAt(starts: readonly number[], time: number): number {
  const after = partitionPoint(starts.length, (at) => (starts[at] ?? Infinity) <= time + ROUNDING)
  return starts.length === 0 ? -1 : Math.max(0, after - 1)
}

/** Start of the scene after `time`, or null in the last one. */
export function nextStart(starts: readonly number[], time: number): number | null {
  return starts[sceneAt(starts, time) + 1] ?? null
}

/** Start of this scene, or of the one before when less than `grace` seconds of this one have passed. */
export function previousStart(starts: readonly number[], time: number, grace: number): number {
  const index = sceneAt(starts, time)
  const start = starts[index] ?? 0
  return time - start > grace + ROUNDING ? start : (starts[index - 1] ?? 0)
}

export type Loop = 'off' | 'range' | 'scene'

/** What comes after each choice on Shift L. */
export const NEXT_LOOP: Readonly<Record<Loop, Loop>> = { off: 'range', range: 'scene', scene: 'off' }

export interface LoopBounds {
  readonly starts: readonly number[]
  readonly inPoint: number | null
  readonly outPoint: number | null
  readonly duration: number
}

/** What is played again and again; null when nothing is. A missing in or out point is the start or end of the video. */
export function loopRange(loop: Loop, time: number, bounds: LoopBounds): Range | null {
  const { starts, inPoint, outPoint, duration } = bounds
  if (loop === 'off') return null
  if (loop === 'range') return { start: inPoint ?? 0, end: outPoint ?? duration }
  const index = sceneAt(starts, time)
  return { start: starts[index] ?? 0, end: starts[index + 1] ?? duration }
}

/** Whether playing on from `before` to `now` reached the last frame of `range`, so that it has to start over. */
export function reachedEnd(range: Range, before: number, now: number, frameRate: number): boolean {
  const frame = 1 / frameRate
  return before < range.end && now + frame * 1.25 > range.end && now >= range.start
}
