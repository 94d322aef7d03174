import { clock } from '../format/time.ts'
import type { Range } from './scene-times.ts'

/** Seconds from label to label, and from one small tick to the next between them. */
const STEPS: readonly (readonly [label: number, tick: number])[] = [
  [0.05, 0.01],
  [0.1, 0.02],
  [0.2, 0.05],
  [0.5, 0.1],
  [1, 0.2],
  [2, 0.5],
  [5, 1],
  [10, 2],
  [15, 5],
  [30, 10],
  [60, 15],
  [120, 30],
  [300, 60],
  [600, 120],
  [900, 300],
  [1800, 600],
  [3600, 900],
  [7200, 1800],
  [14_400, 3600],
  [43_200, 10_800],
  [86_400, 21_600],
]

/** Widest digit of the ruler's type (10.5 px, tabular), and the room between two labels. */
export const CHARACTER = 6.6
const GAP = 18

export interface Tick {
  readonly time: number
  /** null for a small tick. */
  readonly label: string | null
}

/** Seconds between labels and between ticks such that no two labels touch. */
export function rulerStep(pixelsPerSecond: number, duration: number): readonly [label: number, tick: number] {
  const fits = ([step]: readonly [number, number]): boolean => step * pixelsPerSecond >= labelWidth(duration, step)
  const step = STEPS.find(fits)
  if (step) return step
  const days = Math.ceil(labelWidth(duration, 86_400) / (86_400 * pixelsPerSecond))
  return [days * 86_400, days * 21_600]
}

/** The ticks within `range`, which has to lie in the video. */
export function rulerTicks(pixelsPerSecond: number, duration: number, range: Range): Tick[] {
  if (!(pixelsPerSecond > 0) || !(duration > 0)) return []
  const [step, tick] = rulerStep(pixelsPerSecond, duration)
  const perLabel = Math.round(step / tick)
  const first = Math.ceil(range.start / tick - 1e-6)
  const last = Math.floor(range.end / tick + 1e-6)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const time = (first + index) * tick
    return { time, label: (first + index) % perLabel === 0 ? label(time, step) : null }
  })
}

/** Pixels that the longest label of a video takes, with the gap behind it. */
export function labelWidth(duration: number, step: number): number {
  return label(duration, step).length * CHARACTER + GAP
}

function label(time: number, step: number): string {
  if (step >= 1) return clock(Math.round(time))
  const digits = step < 0.1 ? 2 : 1
  const rounded = Number(time.toFixed(digits))
  return clock(rounded + 1e-9) + (rounded % 1).toFixed(digits).slice(1)
}
