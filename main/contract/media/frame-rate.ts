/** Where frames begin. */
export interface FrameTimes {
  readonly intervals: number
  /** From the first frame's begin to the last one's, ticks. */
  readonly span: number
  readonly ticksPerSecond: number
}

/** Clocks finer than this round times to their ticks; a coarser one ticks once a frame, and is exact. */
const COARSEST_CLOCK = 500
const NTSC = [24, 30, 48, 60, 120, 240] as const

/** Frames this few ticks apart are counted by the clock, as in AVI: no time is rounded. */
const FEW_TICKS = 2

/** Ticks by which intervals differ when times are rounded. */
export function roundingOf(interval: number): number {
  return interval > FEW_TICKS ? 1 : 0
}

/** Share of the intervals that are shorter than what counts as short: a frame that came too early is no rate. */
const OUTLIERS = 0.1

/** Ticks between frames where they come fastest; null for a single frame. */
export function shortIntervalOf(ticks: ArrayLike<number>): number | null {
  const all = intervalsOf(ticks)
  return all[Math.floor(OUTLIERS * all.length)] ?? null
}

/** Ascending. */
function intervalsOf(ticks: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: ticks.length - 1 }, (_, at) => (ticks[at + 1] ?? 0) - (ticks[at] ?? 0)).sort()
}

/** The intervals that are as long as most, but for rounding. */
export function usualIntervals(ticks: ArrayLike<number>): Pick<FrameTimes, 'intervals' | 'span'> {
  const all = intervalsOf(ticks)
  const middle = all[all.length >> 1] ?? 0
  const rounding = roundingOf(middle)
  const usual = all.filter((interval) => Math.abs(interval - middle) <= rounding)
  return { intervals: usual.length, span: usual.reduce((sum, interval) => sum + interval, 0) }
}

/** Frames a second of uneven frames, on average; Matroska keeps milliseconds. */
export function averageRate({ intervals, span, ticksPerSecond }: FrameTimes): number {
  const rate = (intervals * ticksPerSecond) / span
  const uncertainty = (rate * 0.003 * ticksPerSecond) / span
  const step = Math.max(0.001, 10 ** Math.ceil(Math.log10(uncertainty)))
  return toThousandth(Math.round(rate / step) * step)
}

/**
 * Frames a second of even frames: of all that fit the rounded times the usual one, so that a film says the same in every container.
 * @param declared by the container, to choose by where the film is too short to tell 29.97 from 30.
 */
export function evenRate({ intervals, span, ticksPerSecond }: FrameTimes, declared: number | null): number {
  const rateOf = (ticks: number): number => (ticks > 0 ? (intervals * ticksPerSecond) / ticks : Infinity)
  const rate = rateOf(span)
  if (ticksPerSecond < COARSEST_CLOCK) return toThousandth(rate)
  const [least, most] = [rateOf(span + 1), rateOf(span - 1)]
  const fits = (candidate: number): boolean => candidate >= least && candidate <= most
  return toThousandth([...(declared === null ? [] : usualRates(declared)), ...usualRates(rate)].find(fits) ?? rate)
}

/** The usual rates next to one, the most usual first. */
function usualRates(rate: number): number[] {
  const ntsc = NTSC.reduce((best, next) => (Math.abs(next - rate) < Math.abs(best - rate) ? next : best)) / 1.001
  const others = [Math.round(rate), ntsc, Math.round(2 * rate) / 2, 1 / Math.round(1 / rate)]
  // A declared rate is said with three digits: the nearest is meant.
  return others.filter((other) => other > 0).sort((a, b) => apart(a, rate) - apart(b, rate))
}

/** Thousandths are no difference. */
function apart(one: number, other: number): number {
  return Math.round(1000 * Math.abs(one - other))
}

function toThousandth(rate: number): number {
  return Math.max(0.001, Math.round(1000 * rate) / 1000)
}
