export interface RateSample {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly bytesPerSecond: number
}

export const WINDOW_MS = 120_000
/** Samples farther apart were taken on two visits of the page: nothing is known of the time between. */
const GAP_MS = 5_000

/** The samples of the last two minutes with a new one at their end. */
export function withSample(history: readonly RateSample[], sample: RateSample): RateSample[] {
  return [...history.filter(({ at }) => at > sample.at - WINDOW_MS), sample]
}

/** The highest rate, in bytes a second. */
export function peakRate(history: readonly RateSample[]): number {
  return Math.max(0, ...history.map(({ bytesPerSecond }) => bytesPerSecond))
}

export interface RatePoint {
  readonly x: number
  readonly y: number
}

/**
 * Runs of points of a chart `width` × `height`: the newest sample at the right edge, two minutes wide, the peak at the
 * top. A gap in time begins a new run.
 */
export function rateRuns(history: readonly RateSample[], width: number, height: number): RatePoint[][] {
  const newest = history.at(-1)?.at ?? 0
  const peak = Math.max(1, peakRate(history))
  const runs: RatePoint[][] = []
  let before = -Infinity
  for (const { at, bytesPerSecond } of history) {
    if (at - before > GAP_MS) runs.push([])
    runs.at(-1)?.push({ x: width * (1 - (newest - at) / WINDOW_MS), y: height * (1 - bytesPerSecond / peak) })
    before = at
  }
  return runs
}
