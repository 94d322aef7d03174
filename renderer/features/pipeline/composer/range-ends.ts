/** Seconds. */
export interface RangeEnds {
  readonly start: number
  readonly end: number
}

export type Which = keyof RangeEnds

/** With one end moved to a time; never onto the other one, as a range holds a frame at least. */
export function movedEnds(
  { start, end }: RangeEnds,
  which: Which,
  time: number,
  { duration, frameRate }: { duration: number; frameRate: number },
): RangeEnds {
  const frame = Math.min(duration, 1 / frameRate)
  if (which === 'start') return { start: Math.max(0, Math.min(time, end - frame)), end }
  return { start, end: Math.min(duration, Math.max(time, start + frame)) }
}
