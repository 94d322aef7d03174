import { ANALYSIS_HEIGHT as HEIGHT, ANALYSIS_WIDTH as WIDTH } from '../detector.ts'
import { inCommonView, PLANE, type MeasuredFrame } from './measured-frame.ts'

const BLOCK_WIDTH = 8
const BLOCK_HEIGHT = 9
/** How far a block may have moved between two frames, in analysis pixels: an eighth of the frame. */
const REACH_X = 6
const REACH_Y = 4
/** A block that differs less, 2 levels a pixel, has not moved: the difference is coding noise. */
const STILL = 2 * BLOCK_WIDTH * BLOCK_HEIGHT
/** Added to contrast, grey levels, so that noise does not count as structure. */
const CONTRAST_FLOOR = 6
/** A block whose mismatch is above this shows something else. */
const CHANGED = 0.3
/** Contrast is amplified at most so many times; beyond, there is too little structure to compare. */
const MOST_GAIN = 3

/**
 * How little of one frame is found again in the other, from 0 (all of it) to about 1 (unrelated). Brightness and contrast
 * are equalised first and every block may have moved, so that flashes, exposure changes and motion count little.
 */
export function mismatch(one: MeasuredFrame, other: MeasuredFrame): number {
  const [a, b] = inCommonView(one, other)
  return (directed(a, b) + directed(b, a)) / 2
}

/** Upper bound of `mismatch`, from the `difference` of neighbouring frames: without any motion search. */
export function mostMismatch(one: MeasuredFrame, other: MeasuredFrame, difference: number): number {
  return (2 * difference) / (Math.max(one.contrast, other.contrast) + CONTRAST_FLOOR)
}

/**
 * Share of one frame, 0..1, that is not found again in the other. A title or a bar changes a part, a new scene nearly all.
 */
export function changedShare(one: MeasuredFrame, other: MeasuredFrame): number {
  const [a, b] = inCommonView(one, other)
  const gain = clampGain((a.contrast + 1) / (b.contrast + 1))
  const evened = new BlockSearch(a.pixels, evenedOut(b.pixels, gain, a.mean - gain * b.mean))
  // A bright title shifts the mean brightness: a block that is unchanged without equalising is no change either.
  const plain = new BlockSearch(a.pixels, new Int16Array(b.pixels))
  const enough = CHANGED * BLOCK_WIDTH * BLOCK_HEIGHT * (Math.max(a.contrast, b.contrast * gain) + CONTRAST_FLOOR)
  let changed = 0
  for (let y = 0; y < HEIGHT; y += BLOCK_HEIGHT) {
    for (let x = 0; x < WIDTH; x += BLOCK_WIDTH) {
      if (plain.best(x, y) > enough && evened.best(x, y) > enough) changed++
    }
  }
  return (changed * BLOCK_WIDTH * BLOCK_HEIGHT) / PLANE
}

/** Searches every block of `a` in `b`. */
function directed(a: MeasuredFrame, b: MeasuredFrame): number {
  const gain = clampGain((a.contrast + 1) / (b.contrast + 1))
  const search = new BlockSearch(a.pixels, evenedOut(b.pixels, gain, a.mean - gain * b.mean))
  let sum = 0
  for (let y = 0; y < HEIGHT; y += BLOCK_HEIGHT) {
    for (let x = 0; x < WIDTH; x += BLOCK_WIDTH) sum += search.best(x, y)
  }
  return sum / PLANE / (Math.max(a.contrast, b.contrast * gain) + CONTRAST_FLOOR)
}

function clampGain(gain: number): number {
  return Math.min(MOST_GAIN, Math.max(1 / MOST_GAIN, gain))
}

/** The brightness plane with another frame's mean and contrast; colours unchanged. */
function evenedOut(pixels: Uint8Array, gain: number, offset: number): Int16Array {
  const evened = new Int16Array(pixels)
  for (let at = 0; at < PLANE; at++) evened[at] = Math.round(gain * (pixels[at] as number) + offset)
  return evened
}

/** Motion search for blocks: every second place first, then around the best of them. */
class BlockSearch {
  #x = 0
  #y = 0
  #best = Infinity
  #bestX = 0
  #bestY = 0

  constructor(
    private readonly from: Uint8Array,
    private readonly into: Int16Array,
  ) {}

  /** Summed difference of the block at (x, y) to its best match. */
  best(x: number, y: number): number {
    this.#x = x
    this.#y = y
    this.#best = Infinity
    this.#try(0, 0)
    if (this.#best <= STILL) return this.#best
    for (let dy = -REACH_Y; dy <= REACH_Y; dy += 2) {
      for (let dx = -REACH_X; dx <= REACH_X; dx += 2) this.#try(dx, dy)
    }
    const nearX = this.#bestX
    const nearY = this.#bestY
    for (let dy = nearY - 1; dy <= nearY + 1; dy++) {
      for (let dx = nearX - 1; dx <= nearX + 1; dx++) this.#try(dx, dy)
    }
    return this.#best
  }

  #try(dx: number, dy: number): void {
    const x = this.#x + dx
    const y = this.#y + dy
    if (x < 0 || y < 0 || x > WIDTH - BLOCK_WIDTH || y > HEIGHT - BLOCK_HEIGHT) return
    const sum = this.#difference(dy * WIDTH + dx)
    if (sum >= this.#best) return
    this.#best = sum
    this.#bestX = dx
    this.#bestY = dy
  }

  /** Stops once it cannot be the best. */
  #difference(shift: number): number {
    const { from, into } = this
    const enough = this.#best
    let sum = 0
    for (let row = 0; row < BLOCK_HEIGHT && sum < enough; row++) {
      const start = (this.#y + row) * WIDTH + this.#x
      for (let at = start; at < start + BLOCK_WIDTH; at++) {
        const to = at + shift
        sum += Math.abs((from[at] as number) - (into[to] as number))
        sum += Math.abs((from[at + PLANE] as number) - (into[to + PLANE] as number))
        sum += Math.abs((from[at + 2 * PLANE] as number) - (into[to + 2 * PLANE] as number))
      }
    }
    return sum
  }
}
