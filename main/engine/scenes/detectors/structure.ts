import { ANALYSIS_HEIGHT as HEIGHT, ANALYSIS_WIDTH as WIDTH } from '../detector.ts'
import type { MeasuredFrame } from './measured-frame.ts'

const BLOCK_WIDTH = 8
const BLOCK_HEIGHT = 9
const BLOCK = BLOCK_WIDTH * BLOCK_HEIGHT
const BLOCKS = (WIDTH / BLOCK_WIDTH) * (HEIGHT / BLOCK_HEIGHT)
/** How far a block may have moved: with more, blocks would match by chance. */
const REACH = 2
/** Standard deviation below which a block is flat, and is not counted. */
const FLAT = 4
/** Added to the variance, so that noise does not count as structure. */
const LEAST_DEVIATION = 2
/** Below this correlation, a block shows another thing. */
const SAME = 0.6

/**
 * Share of the frame, 0..1, whose structure is lost, from the first to the other and from the other to the first: blocks whose
 * brightness correlates with nothing near the same place in the other frame. A change of light keeps the structure, even a
 * local one; a title removes as much as it covers; another view of the same place removes most.
 */
export function lostBothWays(one: MeasuredFrame, other: MeasuredFrame): [number, number] {
  return [lost(one.pixels, other.pixels), lost(other.pixels, one.pixels)]
}

function lost(from: Uint8Array, into: Uint8Array): number {
  let count = 0
  for (let y = 0; y < HEIGHT; y += BLOCK_HEIGHT) {
    for (let x = 0; x < WIDTH; x += BLOCK_WIDTH) if (isLost(from, into, x, y)) count++
  }
  return count / BLOCKS
}

function isLost(from: Uint8Array, into: Uint8Array, x: number, y: number): boolean {
  const block = momentsOf(from, y * WIDTH + x)
  if (Math.max(block.deviation, momentsOf(into, y * WIDTH + x).deviation) < FLAT) return false
  for (let toY = Math.max(0, y - REACH); toY <= Math.min(HEIGHT - BLOCK_HEIGHT, y + REACH); toY++) {
    for (let toX = Math.max(0, x - REACH); toX <= Math.min(WIDTH - BLOCK_WIDTH, x + REACH); toX++) {
      if (together(from, y * WIDTH + x, block, into, toY * WIDTH + toX) >= SAME) return false
    }
  }
  return true
}

interface Moments {
  mean: number
  deviation: number
}

function momentsOf(pixels: Uint8Array, start: number): Moments {
  let sum = 0
  let squares = 0
  for (let row = start; row < start + BLOCK_HEIGHT * WIDTH; row += WIDTH) {
    for (let at = row; at < row + BLOCK_WIDTH; at++) {
      const luma = pixels[at] as number
      sum += luma
      squares += luma * luma
    }
  }
  const mean = sum / BLOCK
  return { mean, deviation: Math.sqrt(Math.max(0, squares / BLOCK - mean * mean)) }
}

/** Correlation of a block with another, -1..1. */
function together(from: Uint8Array, start: number, block: Moments, into: Uint8Array, to: number): number {
  const other = momentsOf(into, to)
  let sum = 0
  for (let row = 0; row < BLOCK_HEIGHT * WIDTH; row += WIDTH) {
    for (let at = row; at < row + BLOCK_WIDTH; at++) {
      sum += ((from[start + at] as number) - block.mean) * (into[to + at] as number)
    }
  }
  return sum / BLOCK / Math.max(LEAST_DEVIATION, block.deviation) / Math.max(LEAST_DEVIATION, other.deviation)
}
