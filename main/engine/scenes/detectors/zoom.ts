import { ANALYSIS_HEIGHT as HEIGHT, ANALYSIS_WIDTH as WIDTH } from '../detector.ts'
import type { MeasuredFrame } from './measured-frame.ts'

/** How many times larger the later frame may show what the earlier one shows. */
const FACTORS = [0.5, 0.62, 0.75, 0.87, 0.93, 1.07, 1.15, 1.33, 1.6, 2]
const STEP_X = 2
const STEP_Y = 3

/** Mean difference of brightness, grey levels, where one frame shows the other larger or smaller: the best of all factors. */
export function bestZoom(a: MeasuredFrame, b: MeasuredFrame): number {
  return Math.min(...FACTORS.map((factor) => (factor > 1 ? zoomed(a, b, factor) : zoomed(b, a, 1 / factor))))
}

/** The middle part of `from`, `factor` times larger, against the whole of `into`. */
function zoomed({ pixels: from }: MeasuredFrame, { pixels: into }: MeasuredFrame, factor: number): number {
  let sum = 0
  let count = 0
  for (let y = 1; y < HEIGHT; y += STEP_Y) {
    const row = Math.round(HEIGHT / 2 + (y - HEIGHT / 2) / factor) * WIDTH
    for (let x = 0; x < WIDTH; x += STEP_X) {
      const column = Math.round(WIDTH / 2 + (x - WIDTH / 2) / factor)
      sum += Math.abs((from[row + column] as number) - (into[y * WIDTH + x] as number))
      count++
    }
  }
  return sum / count
}
