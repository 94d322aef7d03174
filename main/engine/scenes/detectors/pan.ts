import { ANALYSIS_HEIGHT as HEIGHT, ANALYSIS_WIDTH as WIDTH } from '../detector.ts'
import type { MeasuredFrame } from './measured-frame.ts'

/** How far the camera may have turned between two frames, in analysis pixels. */
const REACH_X = 24
const REACH_Y = 9
/** Every so many pixels across and rows are compared. */
const STEP_X = 2
const STEP_Y = 3

/** The whole picture moved by one shift. */
interface Shifted {
  /** Mean difference of the part that both frames show, grey levels of brightness. */
  readonly difference: number
  /** Pixels across and down. */
  readonly x: number
  readonly y: number
}

/** The shift of the whole picture that explains most: the camera may have turned quickly. */
export function bestShift(a: MeasuredFrame, b: MeasuredFrame): Shifted {
  let best: Shifted = { difference: Infinity, x: 0, y: 0 }
  for (let y = -REACH_Y; y <= REACH_Y; y += 3) {
    for (let x = -REACH_X; x <= REACH_X; x += 2) {
      const difference = shiftedDifference(a.pixels, b.pixels, x, y)
      if (difference < best.difference) best = { difference, x, y }
    }
  }
  const { x: nearX, y: nearY } = best
  for (let y = nearY - 2; y <= nearY + 2; y++) {
    for (let x = nearX - 1; x <= nearX + 1; x++) {
      const difference = shiftedDifference(a.pixels, b.pixels, x, y)
      if (difference < best.difference) best = { difference, x, y }
    }
  }
  return best
}

function shiftedDifference(a: Uint8Array, b: Uint8Array, shiftX: number, shiftY: number): number {
  let sum = 0
  let count = 0
  for (let y = Math.max(0, -shiftY); y < Math.min(HEIGHT, HEIGHT - shiftY); y += STEP_Y) {
    const rowB = (y + shiftY) * WIDTH + shiftX
    for (let x = Math.max(0, -shiftX); x < Math.min(WIDTH, WIDTH - shiftX); x += STEP_X) {
      sum += Math.abs((a[y * WIDTH + x] as number) - (b[rowB + x] as number))
      count++
    }
  }
  return count === 0 ? Infinity : sum / count
}
