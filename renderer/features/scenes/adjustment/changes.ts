import { count } from '../../../shared/format/size.ts'

interface Cut {
  readonly startTime: number
}

/** What detecting scenes again would change, times in seconds, ascending. */
export interface CutChanges {
  readonly added: readonly number[]
  readonly removed: readonly number[]
}

/** Nearer than this two cuts are the same. */
const SAME_SECONDS = 0.001

/** The cuts that come and those that go between the scenes there are and the scenes that would be. */
export function cutChanges(now: readonly Cut[], next: readonly Cut[]): CutChanges {
  // The first scene begins with the video: that is no cut.
  const [before, after] = [startsOf(now), startsOf(next)]
  return { added: without(after, before), removed: without(before, after) }
}

function startsOf(scenes: readonly Cut[]): number[] {
  return scenes.slice(1).map(({ startTime }) => startTime)
}

/** Those of `times` that `others` do not have; both ascend. */
function without(times: readonly number[], others: readonly number[]): number[] {
  let at = 0
  return times.filter((time) => {
    while ((others[at] ?? Infinity) < time - SAME_SECONDS) at += 1
    return (others[at] ?? Infinity) > time + SAME_SECONDS
  })
}

/** `12 → 15 scenes`; `12 scenes` while that is what it stays at. */
export function outcomeText(now: number, then: number | undefined): string {
  if (then === undefined || then === now) return count(now, 'scene')
  return `${now.toLocaleString('en-GB')} → ${count(then, 'scene')}`
}

export interface Tick {
  /** Pixels from the start of the video. */
  readonly x: number
  /** Whether there is room for its sign. */
  readonly signed: boolean
}

/** Pixels between two lines that can be told apart, and between two signs. */
const APART = 3
const SIGN = 14

/** The lines to draw for cuts within `range`; never more than the pixels can hold. */
export function ticksOf(
  times: readonly number[],
  pixelsPerSecond: number,
  range: { readonly start: number; readonly end: number },
): Tick[] {
  const ticks: Tick[] = []
  let lastSign = -Infinity
  for (const time of times) {
    if (time < range.start || time > range.end) continue
    const x = time * pixelsPerSecond
    const before = ticks.at(-1)
    if (before && x - before.x < APART) continue
    const signed = x - lastSign >= SIGN
    if (signed) lastSign = x
    ticks.push({ x, signed })
  }
  return ticks
}
