import type { ClassCounts, Moment } from '../record/class-counts.ts'

export interface ChartScale {
  /** Pixels of the plot. */
  readonly width: number
  readonly height: number
  /** What the width shows, seconds. */
  readonly start: number
  readonly end: number
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
  const perSecond = scale.end > scale.start ? scale.width / (scale.end - scale.start) : 0
  const x = (time: number): number => Math.min(scale.width, Math.max(0, (time - scale.start) * perSecond))
  const spans = spansOf(moments, seconds)
  return Array.from({ length: classes }, (_, index) => {
    const steps = spans.map(({ moment, start, end }): Step => {
      const below = sum(moment, index)
      return { left: x(start), right: x(end), bottom: below, top: below + (moment[index] ?? 0) }
    })
    return stretchesOf(steps)
      .map((stretch) => outlineOf(stretch, scale))
      .join('')
  })
}

/** A class over one span. Pixels across, numbers up. */
interface Step {
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly top: number
}

/** Steps that touch, and hold something: each stretch gets one outline. */
function stretchesOf(steps: readonly Step[]): Step[][] {
  const stretches: Step[][] = []
  for (const step of steps) {
    if (step.top === step.bottom) continue
    const before = stretches.at(-1)?.at(-1)
    if (before?.right === step.left) stretches.at(-1)?.push(step)
    else stretches.push([step])
  }
  return stretches
}

/** Along the top, and back along the bottom. */
function outlineOf(stretch: readonly Step[], scale: ChartScale): string {
  const x = (value: number): string => value.toFixed(1)
  const there = stretch.map(({ top, right }) => `V${yOf(top, scale)}H${x(right)}`)
  const back = stretch.toReversed().map(({ bottom, left }) => `V${yOf(bottom, scale)}H${x(left)}`)
  const [first] = stretch
  return first ? `M${x(first.left)} ${yOf(first.bottom, scale)}${there.join('')}${back.join('')}Z` : ''
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
