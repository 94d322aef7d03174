import { describe, expect, it } from 'vitest'
import { FrameIndex } from '../../../main/contract/index.ts'
import { rangeOf, select, unopenedStart } from '../../../main/engine/pipeline/sampling.ts'

/** Ten frames, 40 ms each. */
const index = new FrameIndex({
  ticks: Array.from({ length: 10 }, (_, frame) => frame * 40),
  ...{ ticksPerSecond: [1000, 1], lastTicks: 40, keys: new Set([0, 4, 8]) },
})

describe('the range of a task', () => {
  it.each([
    [undefined, 0, 10],
    [{}, 0, 10],
    [{ start: 2, end: 5, unit: 'frames' as const }, 2, 5],
    [{ start: 2, end: 2, unit: 'frames' as const }, 2, 2],
    [{ start: 9, unit: 'frames' as const }, 9, 10],
    [{ start: 10, unit: 'frames' as const }, 10, 10],
    [{ start: 50, end: 60, unit: 'frames' as const }, 10, 10],
    [{ start: 0, end: 50, unit: 'frames' as const }, 0, 10],
    [{ start: 0.08, end: 0.16 }, 2, 4],
    [{ start: 0.081, end: 0.161 }, 3, 5],
    [{ start: 0.36 }, 9, 10],
    [{ start: 0.37 }, 10, 10],
    [{ end: 0.04 }, 0, 1],
    [{ end: 0 }, 0, 0],
  ])('%j is from frame %d up to %d', (range, start, end) => {
    expect(rangeOf(index, range)).toMatchObject({ start, end })
  })

  it('begins at the requested frame, or at 0 while the file is not opened and seconds are asked for', () => {
    expect([
      unopenedStart(undefined),
      unopenedStart({ start: 3 }),
      unopenedStart({ start: 3, unit: 'frames' }),
    ]).toEqual([...[0, 0, 3]])
  })

  it('contains every sampled frame and no other keyframe', async () => {
    const range = { start: 2, end: 8, unit: 'frames' as const }
    const of = async (sampling: { mode: 'keyframe' } | { mode: 'fps' | 'interval'; value: number }) =>
      (await select(index, { range, sampling })).frames
    expect(await of({ mode: 'keyframe' })).toEqual([4])
    expect(await of({ mode: 'fps', value: 1000 })).toEqual([2, 3, 4, 5, 6, 7])
    expect(await of({ mode: 'fps', value: 12.5 })).toEqual([2, 4, 6])
    expect(await of({ mode: 'interval', value: 0.1 })).toEqual([2, 5, 7])
  })

  it('is cut at so many frames, and says so only where another one was due', async () => {
    const cut = async (most: number) => {
      const { frames, isCut } = await select(index, { sampling: { mode: 'fps', value: 1000 }, max_frames: most })
      return [frames.length, isCut]
    }
    expect([await cut(9), await cut(10), await cut(11)]).toEqual([
      [9, true],
      [10, false],
      [10, false],
    ])
  })
})
