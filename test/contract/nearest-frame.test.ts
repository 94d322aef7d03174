import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FrameIndex } from '../../main/contract/index.ts'

/** Frames at 0, 40, 80 … ms. */
const STEADY = new FrameIndex({
  ticks: Array.from({ length: 10 }, (_, frame) => frame * 40),
  ...{ ticksPerSecond: [1000, 1], lastTicks: 40, keys: new Set([0, 5]) },
})
/** A frame that is held for a second. */
const HELD = new FrameIndex({
  ...{ ticks: [0, 40, 1040, 1080], ticksPerSecond: [1000, 1], lastTicks: 40, keys: new Set([0]) },
})

describe('the frame nearest to a time', () => {
  it.each([
    [-1, 0],
    [0, 0],
    [0.019, 0],
    [0.02, 0],
    [0.021, 1],
    [0.04, 1],
    [0.059, 1],
    [0.061, 2],
    [0.341, 9],
    [0.36, 9],
    [0.399, 9],
    [100, 9],
  ])('%d s is frame %d', (seconds, frame) => {
    expect(STEADY.nearestTo(seconds)).toBe(frame)
  })

  it('may be the next one, though the one before is still on screen', () => {
    expect([HELD.frameAt(0.9), HELD.nearestTo(0.9)]).toEqual([1, 2])
    expect([HELD.frameAt(0.2), HELD.nearestTo(0.2)]).toEqual([1, 1])
    expect(HELD.nearestTo(0.54)).toBe(1)
    expect(HELD.nearestTo(0.5401)).toBe(2)
  })

  it('is never further away than any other one', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(steps, fc.double({ min: -1, max: 15, noNaN: true }), (intervals, seconds) => {
        let tick = 0
        const ticks = [0, ...intervals.map((interval) => (tick += interval))]
        const index = new FrameIndex({ ticks, ticksPerSecond: [1000, 1], lastTicks: 40, keys: new Set([0]) })
        const distance = (frame: number): number => Math.abs(index.timeOf(frame) - seconds)
        const best = Math.min(...ticks.map((_, frame) => distance(frame)))
        // Times may come rounded by up to half a tick.
        expect(distance(index.nearestTo(seconds)) - best).toBeLessThanOrEqual(0.001)
      }),
    )
  })
})

describe('the frames that begin from a time on', () => {
  it.each([
    [-1, 0],
    [0, 0],
    [0.001, 1],
    [0.04, 1],
    [0.041, 2],
    [0.36, 9],
    [0.361, 10],
    [9, 10],
  ])('%d s: the first is %d', (seconds, frame) => {
    expect(STEADY.firstFrom(seconds)).toBe(frame)
  })
})
