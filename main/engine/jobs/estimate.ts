export interface Pace {
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** 0..100. */
  readonly progress: number
}

/** Seconds the rest takes at the pace so far; null in the first second, when the pace is noise. */
export function secondsLeft({ startedAt, progress }: Pace, now: number): number | null {
  const elapsed = (now - startedAt) / 1000
  if (progress < 1 || elapsed < 1) return null
  return Math.ceil((elapsed * (100 - progress)) / progress)
}

/**
 * Seconds until a waiting job begins: it follows as many of the running ones as jobs go before it, the soonest done first.
 * @param position jobs that go before it.
 * @returns 0 when a place is free, null when unknown.
 */
export function secondsUntilStart(
  position: number,
  running: readonly Pace[],
  places: number,
  now: number,
): number | null {
  const free = Array.from({ length: places - running.length }, () => 0)
  // A place whose end is unknown counts as the last to become free.
  const ends = [...free, ...running.map((pace) => secondsLeft(pace, now) ?? Infinity)].sort((a, b) => a - b)
  const seconds = ends[position] ?? Infinity
  return seconds === Infinity ? null : seconds
}
