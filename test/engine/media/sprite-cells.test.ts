import { describe, expect, it } from 'vitest'
import { FrameIndex } from '../../../main/contract/index.ts'
import { inPercentSteps } from '../../../main/engine/media/index.ts'
import { spriteCells, spriteOf } from '../../../main/engine/media/sprite.ts'

const video = (durationSeconds: number, width = 1920, height = 1080) => ({
  ...{ output: '/nowhere', durationSeconds, width, height },
})

describe('the sheet to scrub through', () => {
  it.each([
    [0.2, 1, 1],
    [1.4, 1, 1],
    [1.6, 2, 2],
    [9.6, 10, 10],
    [11, 11, 10],
    [59.4, 59, 10],
    [60, 60, 10],
    [7200, 60, 10],
  ])('of %d s has %d pictures in %d columns', (seconds, count, columns) => {
    expect(spriteOf(video(seconds))).toMatchObject({ count, columns })
  })

  it.each([
    [1920, 1080, 240, 136],
    [1080, 1920, 136, 240],
    [640, 640, 240, 240],
    [4000, 4, 240, 2],
    [100, 50, 240, 120],
  ])('of %d × %d has pictures of %d × %d', (width, height, wide, high) => {
    expect(spriteOf(video(10, width, height))).toMatchObject({ width: wide, height: high })
  })
})

/** Ten seconds at 25 frames a second. */
function index(...keys: number[]): FrameIndex {
  const ticks = Array.from({ length: 250 }, (_, frame) => frame * 40)
  return new FrameIndex({ ticks, ticksPerSecond: [1000, 1], lastTicks: 40, keys: new Set([0, ...keys]) })
}

const cells = (frames: FrameIndex, changes: readonly number[] = [], durationSeconds = 10, count = 5) =>
  spriteCells({ ...video(durationSeconds), changes }, count, frames)

describe('a cell of the sheet', () => {
  it('shows the frame on screen in the middle of its part, key frame or not', () => {
    expect(cells(index(60, 80, 150)).map(({ time }) => time)).toEqual([1, 3, 5, 7, 9])
  })

  it('takes a decoded neighbour of that frame only out of the same shot', () => {
    const [first, second, , , last] = cells(index(), [2.96, 3, 3.04, 9.04])
    expect(first).toEqual({ time: 1, from: -Infinity, to: 2.96, within: 0.1 })
    expect(second).toEqual({ time: 3, from: 3, to: 3.04, within: 0.1 })
    expect(last).toEqual({ time: 9, from: 3.04, to: 9.04, within: 0.1 })
  })

  it('shows the last frame before a gap of hours all through the gap', () => {
    const frames = new FrameIndex({ ticks: [0, 1, 2, 7200], ticksPerSecond: [1, 1], lastTicks: 1, keys: new Set([0]) })
    expect(cells(frames, [], 7201, 4).map(({ time }) => time)).toEqual([2, 2, 2, 2])
    expect(cells(frames, [], 3, 3).map(({ time }) => time)).toEqual([0, 1, 2])
  })
})

describe('progress in steps', () => {
  function told(duration: number | null, ...seconds: number[]): number[] {
    const steps: number[] = []
    const tell = inPercentSteps(duration, (fraction) => steps.push(fraction))
    for (const second of seconds) tell(second)
    return steps
  }

  it('is reported once per percent, never falling and never beyond the end', () => {
    expect(told(10, 0, 0.05, 0.1, 0.15, 0.2, 0.1, 0.2, 5, 4.9, 10, 12)).toEqual([0.01, 0.02, 0.5, 1])
  })

  it('is not reported where the length is unknown', () => {
    expect([told(null, 1, 2), told(0, 1, 2)]).toEqual([[], []])
  })
})
