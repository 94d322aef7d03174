import type { ClassCounts, Moment } from '../record/class-counts.ts'

export interface ChartScale {
  /** Pixels of the plot. */
  readonly width: number
  readonly height: number
  /** Of the whole width. */
  readonly seconds: number
  /** The number at the top. */
  readonly most: number
}

/** Pixels kept free above the top, so that its line can be seen. */
const ROOM_ABOVE = 6

/** The numbers to draw lines at, the last at the top: 0, 4, 8. */
export function levelsOf(most: number): number[] {
  const half = Math.max(1, Math.ceil(most / 2))
  return most <= 1 ? [0, 1] : [0, half, 2 * half]
}

/** One path a class, standing on those before it, in steps: what is counted changes at once. */
export function areasOf(counts: ClassCounts, classes: number, scale: ChartScale): string[] {
  const { moments, width: seconds } = counts
  const perSecond = scale.seconds > 0 ? scale.width / scale.seconds : 0
  const spans = spansOf(moments, seconds)
  return Array.from({ length: classes }, (_, index) =>
    spans
      .filter(({ moment }) => (moment[index] ?? 0) > 0)
      .map(({ moment, start, end }) => {
        const below = sum(moment, index)
        const [top, bottom] = [below + (moment[index] ?? 0), below].map((value) => yOf(value, scale))
        const [left, right] = [start * perSecond, Math.min(scale.width, end * perSecond)].map((x) => x.toFixed(1))
        return `M${left} ${bottom}V${top}H${right}V${bottom}Z`
      })
      .join(''),
  )
}

interface Span {
  readonly moment: Moment
  readonly start: number
  end: number
}

/** Moments that say the same as one, and each until the next: between two frames looked at nothing else is known. */
function spansOf(moments: readonly (Moment | undefined)[], width: number): Span[] {
  const spans: Span[] = []
  for (const [at, moment] of moments.entries()) {
    const last = spans.at(-1)
    if (!moment) continue
    if (last) last.end = at * width
    if (last && isEqual(last.moment, moment)) last.end = (at + 1) * width
    else spans.push({ moment, start: at * width, end: (at + 1) * width })
  }
  return spans
}

function isEqual(one: Moment, other: Moment): boolean {
  const length = Math.max(one.length, other.length)
  for (let at = 0; at < length; at += 1) if ((one[at] ?? 0) !== (other[at] ?? 0)) return false
  return true
}

function sum(moment: Moment, end: number): number {
  return moment.slice(0, end).reduce((total, count) => total + count, 0)
}

function yOf(value: number, { height, most }: ChartScale): string {
  return (height - (value / most) * (height - ROOM_ABOVE)).toFixed(1)
}
