import { ANALYSIS_HEIGHT as HEIGHT, ANALYSIS_WIDTH as WIDTH } from '../detector.ts'
import type { MeasuredFrame } from './measured-frame.ts'

/** How well a frame is explained by one shot moving in over, or pushing out, another. */
export interface Slide {
  /** Mean difference of brightness to the best such picture, grey levels. */
  readonly difference: number
  /** 0..3: the side from which the later shot comes. */
  readonly side: number
  /** Share of the frame that shows the later shot, 0..1. */
  readonly share: number
}

const STEP_ALONG = 2
const STEP_ACROSS = 3
const SIDES = 4

/** The best over all sides and places of the edge; the shots may move or stay, but not both stay: that is a wipe. */
export function bestSlide(from: MeasuredFrame, to: MeasuredFrame, picture: MeasuredFrame): Slide {
  let best: Slide = { difference: Infinity, side: 0, share: 0 }
  for (let side = 0; side < SIDES; side++) {
    const length = side < 2 ? WIDTH : HEIGHT
    for (let edge = 3; edge <= length - 3; edge++) {
      const difference = slidDifference(from.pixels, to.pixels, picture.pixels, side, edge)
      if (difference < best.difference) best = { difference, side, share: edge / length }
    }
  }
  return best
}

/** @param edge pixels of the later shot. */
function slidDifference(from: Uint8Array, to: Uint8Array, picture: Uint8Array, side: number, edge: number): number {
  const isAcross = side < 2
  const [length, width] = isAcross ? [WIDTH, HEIGHT] : [HEIGHT, WIDTH]
  const [along, across] = isAcross ? [1, WIDTH] : [WIDTH, 1]
  let [laterMoved, laterStill, earlierMoved, earlierStill] = [0, 0, 0, 0]
  let [laterCount, earlierCount] = [0, 0]
  const isFromEnd = side % 2 === 0
  for (let i = 0; i < length; i += STEP_ALONG) {
    // counted from the side the later shot comes from
    const place = isFromEnd ? length - 1 - i : i
    const isLater = i < edge
    // a moved later shot shows its far end first; a moved earlier one has gone on by as much
    const source = isLater ? i + length - edge : i - edge
    const moved = isFromEnd ? length - 1 - source : source
    for (let j = 0; j < width; j += STEP_ACROSS) {
      const shown = picture[place * along + j * across] as number
      const [still, gone] = [place * along + j * across, moved * along + j * across]
      if (isLater) {
        laterMoved += Math.abs(shown - (to[gone] as number))
        laterStill += Math.abs(shown - (to[still] as number))
        laterCount++
      } else {
        earlierMoved += Math.abs(shown - (from[gone] as number))
        earlierStill += Math.abs(shown - (from[still] as number))
        earlierCount++
      }
    }
  }
  const sum = Math.min(laterMoved + earlierMoved, laterMoved + earlierStill, laterStill + earlierMoved)
  return sum / Math.max(1, laterCount + earlierCount)
}
