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

const cells = (frames: FrameIndex, pictures: readonly number[], count = 5) =>
  spriteCells(video(10), count, frames, pictures)

describe('a cell of the sheet', () => {
  it('shows the frame in the middle of its part where nothing else is there', () => {
    expect(cells(index(), [])).toEqual([{ time: 0 }, { time: 3 }, { time: 5 }, { time: 7 }, { time: 9 }])
  })

  it('shows the key frame of its part that is nearest to the middle', () => {
    // 2.4 s and 3.2 s in the second part, 6 s at the beginning of the fourth.
    expect(cells(index(60, 80, 150), [])).toEqual([{ time: 0 }, { time: 3.2 }, { time: 5 }, { time: 6 }, { time: 9 }])
  })

  it('shows a picture that is made anyway before any key frame, the nearest one of its own part', () => {
    expect(cells(index(75), [2, 3.9, 2.5, 6])).toEqual([
      { time: 0 },
      { scene: 2 },
      { time: 5 },
      { scene: 3 },
      { time: 9 },
    ])
  })

  it('takes what lies on its beginning and not what lies on its end', () => {
    expect(cells(index(), [4])).toEqual([{ time: 0 }, { time: 3 }, { scene: 0 }, { time: 7 }, { time: 9 }])
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
